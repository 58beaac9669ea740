import { getAttempt } from '../../../contract/client/attempt-routes.ts';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { defineCommand } from '../define-command.ts';
import { describeInvocation } from '../describe-invocation.ts';
import { describeUsage } from '../describe-usage.ts';
import { formatSecond } from '../format-time.ts';
import { showDocument } from '../show-document.ts';
import { paint, stepTone } from '../state-tone.ts';
import { indented, oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'attempt show <attemptID> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: (context, { words: [attemptId = ''], flags }) =>
    showDocument(context, {
      isJson: flags.json,
      ask: (connection) => getAttempt(connection, attemptId),
      describe: (attempt, screen) => describe(context.programName, attempt, screen),
    }),
});

function describe(programName: string, attempt: ClientAttempt, screen: Screen): string {
  const { id, state, failureClass, salvage } = attempt;
  const used = describeUsage(attempt.usage);
  const lines = [
    `--- Attempt: ${id} ---`,
    `State:     ${paint(screen, stepTone(state), state)}${failureClass === '' ? '' : ` (${failureClass})`}`,
    ...(attempt.summary === '' ? [] : [`Summary:   ${indented(attempt.summary, 11)}`]),
    `Step:      ${attempt.stepId}`,
    `Number:    ${attempt.number}`,
    `Executor:  ${oneLine(attempt.executor)}${attempt.isSimulation ? ' (simulated)' : ''}`,
    ...(attempt.invocation === null ? [] : describeInvocation(attempt.invocation)),
    ...endOf(attempt),
    `Started:   ${formatSecond(attempt.startedAtMs)}`,
    `Ended:     ${formatSecond(attempt.endedAtMs)}`,
    ...(attempt.baseCommit === '' ? [] : [`Base:      ${attempt.baseCommit}`]),
    ...(attempt.endedAtMs === null && attempt.worktreePath !== '' ? [`Worktree:  ${attempt.worktreePath}`] : []),
    ...(attempt.session === '' ? [] : [`Session:   ${oneLine(attempt.session)}`]),
    ...(used === '' ? [] : [`Used:      ${used}`]),
    ...attempt.questions.map((question) => `Question:  ${indented(question, 11)}`),
    ...attempt.warnings.map((warning) => `Warning:   ${indented(warning, 11)}`),
    ...(attempt.filesChanged.length === 0 ? [] : [`Changed:   ${filesIn(attempt.filesChanged.length)}`]),
    ...(salvage?.refs ?? []).map(({ name, commit }) => `Saved:     ${name} ${commit.slice(0, 12)}`),
    '',
    ...(attempt.session === '' ? [] : [`  ${programName} attempt activity ${id}`]),
    `  ${programName} attempt log ${id}`,
    `  ${programName} artifact list ${attempt.stepId} --attempt ${id}`,
    ...(salvage === null ? [] : [`  ${programName} salvage show ${id}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const filesIn = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;

function endOf({ exitCode, signal }: ClientAttempt): readonly string[] {
  if (signal !== '') return [`Ended by:  signal ${signal}`];
  return exitCode === null ? [] : [`Ended by:  exit code ${exitCode}`];
}
