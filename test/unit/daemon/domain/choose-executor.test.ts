import { describe, expect, it } from 'vitest';
import { AGENT_TRANSPORTS } from '../../../../contract/executor-profile.ts';
import { TaskSpec } from '../../../../contract/task-spec.ts';
import { chooseExecutor, type ExecutorOffer, notAvailable } from '../../../../main/daemon/domain/choose-executor.ts';
import type { ExecutorShelf } from '../../../../main/daemon/domain/executor-shelf.ts';
import { sampleProfile, sampleShelf } from '../../../support/sample-shelf.ts';

const recipe = { steps: [{ run: 'true' }] };
const AGENTS = Object.keys(AGENT_TRANSPORTS).filter((name) => name !== 'command');
const PROFILES = [
  sampleProfile({ name: 'reviewer', agent: 'claude', transport: 'stream-json' }),
  sampleProfile({ name: 'lint', agent: 'command', transport: 'recipe', recipe }),
];
const shelf: ExecutorShelf = sampleShelf(AGENTS, PROFILES);
const simulated: ExecutorOffer = { defaultExecutor: 'codex', isSimulated: () => true, shelf };
const real: ExecutorOffer = { ...simulated, isSimulated: () => false };

const choose = (spec: object, offer = simulated): string => {
  const choice = chooseExecutor(TaskSpec.parse(spec), offer);
  if (!choice.ok) return choice.error.code;
  return `${choice.value.executor.name}${choice.value.isSimulation ? ' (simulated)' : ''}`;
};

describe('chooseExecutor', () => {
  it.each<[object, string, ExecutorOffer?]>([
    [{}, 'codex (simulated)'],
    [{}, 'codex', real],
    [{}, 'simulation (simulated)', { ...real, defaultExecutor: 'simulation' }],
    [{ recipe }, 'command', { ...real, defaultExecutor: 'command' }],
    [{}, 'unknown_executor', { ...real, defaultExecutor: 'Codex' }],
    [{ adapterProfile: 'claude' }, 'claude (simulated)'],
    [{ adapterProfile: 'claude' }, 'claude', real],
    [{ adapterProfile: 'claude', isSimulation: true }, 'claude (simulated)', real],
    [{ adapterProfile: 'claude', isSimulation: false }, 'claude (simulated)'],
    [{ adapterProfile: 'reviewer' }, 'reviewer', real],
    [{ adapterProfile: 'reviewer' }, 'reviewer (simulated)', { ...real, isSimulated: (agent) => agent === 'claude' }],
    [{ adapterProfile: 'reviewer' }, 'reviewer', { ...real, isSimulated: (agent) => agent === 'reviewer' }],
    [{ adapterProfile: 'simulation' }, 'simulation (simulated)', real],
    [{ adapterProfile: 'simulation', recipe }, 'simulation (simulated)', real],
    [{ adapterProfile: 'command', recipe }, 'command'],
    [{ adapterProfile: 'command', recipe }, 'command', real],
    [{ adapterProfile: 'command', recipe, isSimulation: true }, 'command (simulated)'],
    [{ adapterProfile: 'command', isSimulation: true }, 'command (simulated)', real],
    [{ adapterProfile: 'command' }, 'recipe_missing'],
    [{ adapterProfile: 'command', goal: 'rm -rf /' }, 'recipe_missing', real],
    [{ adapterProfile: 'lint' }, 'lint'],
    [{ adapterProfile: 'lint', recipe }, 'lint', real],
    [{ adapterProfile: 'codex', recipe }, 'codex (simulated)'],
    [{ adapterProfile: 'Codex' }, 'unknown_executor'],
    [{ adapterProfile: ' codex' }, 'unknown_executor'],
    [{ adapterProfile: '../codex' }, 'unknown_executor'],
    [{ adapterProfile: 'constructor', isSimulation: true }, 'unknown_executor'],
  ])('for %j is %s (EXE-1, EXE-2, EXE-3)', (spec, expected, offer) => {
    expect(choose(spec, offer)).toBe(expected);
  });

  it.each(AGENTS)('knows the agent %s (EXE-1, EXE-2)', (name) => {
    expect(choose({ adapterProfile: name })).toBe(`${name} (simulated)`);
    expect(choose({ adapterProfile: name }, real)).toBe(name);
  });

  it('asks whether agents are simulated, and nobody else (EXE-2)', () => {
    const asked: string[] = [];
    const isSimulated = (agent: string): boolean => asked.push(agent) < 0;
    for (const adapterProfile of shelf.executors.keys()) choose({ adapterProfile, recipe }, { ...real, isSimulated });
    expect(asked).toEqual([...AGENTS, 'claude']);
  });

  it('refuses a profile that cannot be used, and takes nothing in its place (EXE-4)', () => {
    const problems = ['.codencer/executors/codex.yaml:2: modle is not a known key; did you mean model?'] as const;
    const source = { kind: 'repository', file: '.codencer/executors/codex.yaml' } as const;
    const executors = new Map([...shelf.executors, ['codex', { name: 'codex', source, profile: null, problems }]]);
    const choice = chooseExecutor(TaskSpec.parse({}), { ...simulated, shelf: { executors, problems: [] } });
    expect(choice.ok ? null : choice.error).toEqual({
      code: 'executor_unavailable',
      message: `executor "codex", the default for tasks that name none, cannot be used: ${problems[0]}`,
    });
  });

  const KNOWN = [...shelf.executors.keys()].join(', ');
  it.each([
    ['nobody', `there is no executor "nobody"; known ones: ${KNOWN}`],
    ['cluade', `there is no executor "cluade"; did you mean "claude"? known ones: ${KNOWN}`],
    ['Codex ', `there is no executor "Codex "; did you mean "codex"? known ones: ${KNOWN}`],
    ['command', 'the command executor runs recipe.steps and never the goal: add "recipe": {"steps": [{"run": "…"}]}'],
  ])('says what to do about %s (EXE-1, EXE-3)', (adapterProfile, sentence) => {
    const choice = chooseExecutor(TaskSpec.parse({ adapterProfile }), real);
    expect(choice.ok ? null : choice.error.message).toBe(sentence);
  });

  it('says what is missing where an executor is not here (EXE-4)', () => {
    const spec = TaskSpec.parse({});
    const choice = chooseExecutor(spec, real);
    expect(choice.ok ? notAvailable(spec, choice.value.executor, 'its program is gone').message : '').toBe(
      'executor "codex", the default for tasks that name none, is not available here: its program is gone; ' +
        'or use "command" with a recipe, or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1',
    );
  });
});
