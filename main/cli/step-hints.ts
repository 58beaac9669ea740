import type { ClientResult } from '../../contract/client/client-result.ts';
import { describeValidations } from './describe-validations.ts';
import { indented } from './terminal.ts';

interface Hint {
  /** How inherited clients begin the sentence. */
  readonly tag: string;
  readonly meaning: string;
  /** Commands that go on from there, without the program's name. */
  readonly next: (stepId: string, result: ClientResult) => readonly string[];
}

/** What a state that is no success means for the person in front of it. */
const HINTS: ReadonlyMap<string, Hint> = new Map<string, Hint>([
  [
    'needs_approval',
    {
      tag: 'APPROVAL REQUIRED',
      meaning: 'The step stands at a gate and goes on when somebody decides.',
      next: (id, result) =>
        gatesOf(id, result).flatMap((gate) => [
          `gate show ${gate}`,
          `gate approve ${gate}`,
          `gate reject ${gate} --reason <text>`,
        ]),
    },
  ],
  [
    'needs_manual_attention',
    {
      tag: 'ATTENTION REQUIRED',
      meaning: 'What really happened could not be established; somebody has to look.',
      next: (id) => [`step open ${id}`, `step retry ${id}`, `step resolve ${id} --as <state> --reason <text>`],
    },
  ],
  [
    'timeout',
    {
      tag: 'AUDIT REQUIRED',
      meaning: 'The time limit was used up and the process was ended. Look for a loop, or raise timeout_seconds.',
      next: (id) => [`step logs ${id}`],
    },
  ],
  [
    'failed_retryable',
    {
      tag: 'RECOVERY OPPORTUNITY',
      meaning: 'A passing failure: trying again is safe.',
      next: (id) => [`step retry ${id}`],
    },
  ],
  [
    'cancelled',
    {
      tag: 'CANCELLED',
      meaning: 'Somebody ended the step; what it had made is kept.',
      next: (id) => [`step open ${id}`],
    },
  ],
  [
    'failed_bridge',
    {
      tag: 'FAILED',
      meaning: 'It was interrupted, or its worktree could not be made; the task itself was not judged.',
      next: (id) => [`step result ${id}`, `step logs ${id}`, `step retry ${id}`],
    },
  ],
  [
    'failed_validation',
    {
      tag: 'FAILED',
      meaning: 'A required validation did not pass.',
      next: (id) => [`step validations ${id}`, `step diff ${id}`],
    },
  ],
]);

const otherHint = (state: string): Hint => ({
  tag: 'FAILED',
  meaning: `The step ended as ${state}.`,
  next: (id) => [`step result ${id}`, `step logs ${id}`, `step logs ${id} --stream stderr`],
});

/** Without gates in the result, the name that the daemon takes for the one pending gate of a step. */
const gatesOf = (stepId: string, { gates }: ClientResult): readonly string[] =>
  gates.length > 0 ? gates : [`gate-${stepId}`];

/** What the state of a step means, and the commands that go on from there. */
export function stepHints(programName: string, stepId: string, result: ClientResult): string {
  const lines = isSuccess(result) ? successLines(programName, stepId, result) : hintLines(programName, stepId, result);
  return `${lines.join('\n')}\n`;
}

/** What the state of a step means, in a sentence; empty when the word says it all. */
export const stateMeaning = (result: ClientResult): string =>
  isSuccess(result) ? '' : (HINTS.get(result.state) ?? otherHint(result.state)).meaning;

/** What to do next, the likeliest first, without the program's name. */
export function nextCommands(stepId: string, result: ClientResult): readonly string[] {
  if (isSuccess(result)) return ['diff', 'result', 'artifacts'].map((noun) => `step ${noun} ${stepId}`);
  return [
    ...answerCommand(stepId, result),
    ...(HINTS.get(result.state) ?? otherHint(result.state)).next(stepId, result),
  ];
}

/** Who asked something goes on in the session that it had. */
const answerCommand = (stepId: string, { state, questions, session }: ClientResult): readonly string[] =>
  questions.length > 0 && session !== '' && state !== 'needs_approval' ? [`step retry ${stepId} --answer <text>`] : [];

const isSuccess = ({ state }: ClientResult): boolean => state === 'completed' || state === 'completed_with_warnings';

function hintLines(programName: string, stepId: string, result: ClientResult): readonly string[] {
  const hint = HINTS.get(result.state) ?? otherHint(result.state);
  const reason = result.statusReason || result.summary;
  return [
    `[${hint.tag}] ${hint.meaning}`,
    ...(reason === '' ? [] : [`  Reason: ${indented(reason, 10)}`]),
    ...describeValidations(result.validations.filter(({ hasPassed }) => !hasPassed)),
    ...result.questions.map((question) => `  It asks: ${indented(question, 11)}`),
    ...nextCommands(stepId, result).map((words) => `  ${programName} ${words}`),
  ];
}

const successLines = (programName: string, stepId: string, result: ClientResult): readonly string[] => [
  `[DONE] Terminal outcome: ${result.state}`,
  `Summary:   ${indented(result.summary, 11)}`,
  ...result.warnings.map((warning) => `Warning:   ${indented(warning, 11)}`),
  '',
  '[GUIDE] The human-readable summary (the authoritative truth):',
  `  ${programName} step result ${stepId}`,
  '[GUIDE] Artifacts, validations and the diff:',
  ...['artifacts', 'validations', 'diff'].map((noun) => `  ${programName} step ${noun} ${stepId}`),
];
