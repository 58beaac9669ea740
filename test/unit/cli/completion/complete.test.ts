import { describe, expect, it } from 'vitest';
import { GateState } from '../../../../contract/gate-state.ts';
import { RUN_STATES } from '../../../../contract/run-state.ts';
import { RESOLVABLE_STATES } from '../../../../contract/step-state.ts';
import { SECTIONS } from '../../../../main/cli/command-table.ts';
import { complete } from '../../../../main/cli/completion/complete.ts';
import { flagValues } from '../../../../main/cli/completion/known-values.ts';
import { completionScript, SHELLS } from '../../../../main/cli/completion/scripts.ts';

/** Completes `line`, whose last word is the partial one; ids are `<kind>-1` and `<kind>-2`. */
async function completed(line: string): Promise<readonly string[]> {
  const words = line.split(' ');
  const askIds = async (kind: string) => [1, 2].map((number) => ({ value: `${kind}-${number}`, about: 'x' }));
  const found = await complete({ before: words.slice(0, -1), partial: words.at(-1) ?? '' }, askIds);
  return [...found.candidates.map(({ value }) => value), ...(found.wantsFiles ? [':files'] : [])];
}

describe('completion (CLI-24)', () => {
  it.each([
    ['ru', ['run']],
    ['help ru', ['run']],
    ['run wa', ['wait', 'watch']],
    ['runs li', ['list']],
    ['run watch ', ['run-1', 'run-2']],
    ['run watch run-1 ', []],
    ['step wait step-2', ['step-2']],
    ['steps run', ['run-1', 'run-2']],
    ['step wait --timeout ', []],
    ['step wait --timeout 5s ', ['step-1', 'step-2']],
    ['step wait step-1 --', ['--interval', '--timeout', '--json', '--help']],
    ['step wait step-1 --interval 1s --', ['--timeout', '--json', '--help']],
    ['submit run-1 --goal x --acc', ['--acceptance']],
    ['submit run-1 --acceptance a --acc', ['--acceptance']],
    ['submit run-1 ', [':files']],
    ['submit run-1 --task-json ', [':files']],
    ['gate list --state p', ['pending']],
    ['gate list --state=ap', ['--state=approved']],
    ['gate list --state = ap', ['approved']],
    ['gate approve ', ['pending gate-1', 'pending gate-2']],
    ['gate show ', ['gate-1', 'gate-2']],
    ['step resolve s1 --as failed_v', ['failed_validation']],
    ['step logs s1 --attempt ', ['attempt-1', 'attempt-2']],
    ['run start ', []],
    ['artifact save a1 ', [':files']],
    ['completion f', ['fish']],
    ['no such thing ', []],
  ])('of %j is %j', async (line, candidates) => {
    expect(await completed(line)).toEqual(candidates);
  });

  it('knows every command of the table', async () => {
    const names = SECTIONS.flatMap(({ rows }) => rows).map(({ words }) => words.split(' '));
    const groups = new Set(names.map(([first]) => first));
    expect((await completed('')).toSorted()).toEqual([...groups].toSorted());
    for (const [group = '', second] of names.filter((words) => words.length > 1)) {
      expect(await completed(`${group} `)).toContain(second);
    }
  });

  it('knows the states that the contract knows', () => {
    const wordsOf = (values: ReturnType<typeof flagValues>) => (values.kind === 'words' ? values.words : []);
    expect(wordsOf(flagValues('run list', '--state'))).toEqual(RUN_STATES);
    expect(wordsOf(flagValues('gate list', '--state'))).toEqual(GateState.options);
    expect(wordsOf(flagValues('step resolve', '--as'))).toEqual(RESOLVABLE_STATES);
  });

  it.each(SHELLS)('has a script for %s under the name of the program', (shell) => {
    for (const name of ['codencer', 'orchestratorctl']) {
      const script = completionScript(shell, name);
      expect(script).toContain(name);
      expect(script).toContain('__complete');
      expect(script).not.toMatch(/NAME|FUNCTION/);
    }
  });
});
