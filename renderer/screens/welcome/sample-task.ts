import type { JsonObject } from '../../../contract/client/json-value.ts';

export const SAMPLE_FILE = 'codencer-sample.txt';

/** Harmless, and the same in every shell: it writes one file where nobody works, and a check looks whether it is there. */
export const SAMPLE_TASK: JsonObject = {
  version: 'v1',
  title: 'Sample: write a greeting',
  goal: `Write a greeting into ${SAMPLE_FILE}.`,
  adapter_profile: 'command',
  expects_changes: 'yes',
  recipe: { steps: [{ run: `echo Hello from a worktree of its own > ${SAMPLE_FILE}` }] },
  validations: [{ name: 'the greeting is there', command: `git hash-object ${SAMPLE_FILE}` }],
};

/** Where the sample stands, in the order in which a step goes. */
export const SAMPLE_STAGES = [
  { label: 'Accepted, and what was asked is on disk', from: 'pending' },
  { label: 'A worktree is made from your last commit', from: 'dispatching' },
  { label: 'The command runs in it', from: 'running' },
  { label: 'What it made is saved under a ref', from: 'collecting_artifacts' },
  { label: 'The check runs', from: 'validating' },
  { label: 'Ended, and the worktree is gone', from: 'completed' },
] as const;

const ORDER: readonly string[] = SAMPLE_STAGES.map(({ from }) => from);

export type StageState = 'done' | 'now' | 'later';

/** How far each stage is, when the step is in a state. A step that did not complete has no last stage. */
export function stageStates(state: string): readonly StageState[] {
  const at = ORDER.indexOf(state === 'completed_with_warnings' ? 'completed' : state);
  const isOver = at === ORDER.length - 1;
  return ORDER.map((_, index) => {
    if (index < at || isOver) return 'done';
    return index === at ? 'now' : 'later';
  });
}

/** Ended in one way or another, or waiting for somebody: nothing more comes by itself. */
export const isSettled = (state: string): boolean =>
  !['pending', 'dispatching', 'running', 'collecting_artifacts', 'validating'].includes(state);
