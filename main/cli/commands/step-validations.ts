import type { ClientValidation } from '../../../contract/client/client-validation.ts';
import { listStepValidations, type ValidationsByAttempt } from '../../../contract/client/step-routes.ts';
import { defineCommand } from '../define-command.ts';
import { describeValidations } from '../describe-validations.ts';
import { showDocument } from '../show-document.ts';
import { fileName, indented } from '../terminal.ts';
import { parentForPeople } from '../unknown-parent.ts';

export const command = defineCommand({
  usage: 'step validations <stepID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [stepId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => listStepValidations(connection, stepId),
      ...parentForPeople(context.terminal, flags, { step: stepId }),
      describe: (byAttempt) => describe(stepId, byAttempt),
    }),
});

function describe(stepId: string, byAttempt: ValidationsByAttempt): string {
  const groups = [...byAttempt].map(([attemptId, validations]) => {
    const errors = validations.filter(({ error }) => error !== '').map(whyOf);
    return `\nAttempt ${attemptId}:\n${[...describeValidations(validations), ...errors].join('\n')}\n`;
  });
  const body = groups.length === 0 ? 'No validations recorded.\n' : groups.join('');
  return `--- Validation Summary for Step: ${stepId} ---\n${body}\n${'-'.repeat(39)}\n`;
}

function whyOf({ name, error, stdoutPath, stderrPath }: ClientValidation): string {
  const printed = [stdoutPath, stderrPath].filter((path) => path !== '').map((path) => `\n    ${fileName(path)}`);
  return `  ${fileName(name)}: ${indented(error.trimEnd(), 4)}${printed.join('')}`;
}
