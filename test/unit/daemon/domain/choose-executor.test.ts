import { describe, expect, it } from 'vitest';
import { TaskSpec } from '../../../../contract/task-spec.ts';
import {
  AGENT_NAMES,
  chooseExecutor,
  EXECUTOR_NAMES,
  type ExecutorOffer,
} from '../../../../main/daemon/domain/choose-executor.ts';

const recipe = { steps: [{ run: 'true' }] };
/** As the project is delivered: agents are simulated, and `command` is the only real executor. */
const delivered: ExecutorOffer = {
  defaultExecutor: 'codex',
  isSimulated: () => true,
  isAvailable: (name) => name === 'command',
};
const real: ExecutorOffer = { ...delivered, isSimulated: () => false };
const withAgents: ExecutorOffer = { ...real, isAvailable: () => true };

const choose = (spec: object, offer = delivered): string => {
  const choice = chooseExecutor(TaskSpec.parse(spec), offer);
  return choice.ok ? `${choice.value.name}${choice.value.isSimulation ? ' (simulated)' : ''}` : choice.error.code;
};

describe('chooseExecutor', () => {
  it.each<[object, string, ExecutorOffer?]>([
    [{}, 'codex (simulated)'],
    [{}, 'executor_unavailable', real],
    [{}, 'codex', withAgents],
    [{}, 'simulation (simulated)', { ...real, defaultExecutor: 'simulation' }],
    [{ recipe }, 'command', { ...real, defaultExecutor: 'command' }],
    [{}, 'unknown_executor', { ...real, defaultExecutor: 'Codex' }],
    [{ adapterProfile: 'claude' }, 'claude (simulated)'],
    [{ adapterProfile: 'claude' }, 'executor_unavailable', real],
    [{ adapterProfile: 'claude', isSimulation: true }, 'claude (simulated)', real],
    [{ adapterProfile: 'claude', isSimulation: true }, 'claude (simulated)', withAgents],
    [{ adapterProfile: 'claude', isSimulation: false }, 'claude (simulated)'],
    [{ adapterProfile: 'simulation' }, 'simulation (simulated)', real],
    [{ adapterProfile: 'simulation', recipe }, 'simulation (simulated)', withAgents],
    [{ adapterProfile: 'command', recipe }, 'command'],
    [{ adapterProfile: 'command', recipe }, 'command', real],
    [{ adapterProfile: 'command', recipe, isSimulation: true }, 'command (simulated)'],
    [{ adapterProfile: 'command', isSimulation: true }, 'command (simulated)', real],
    [{ adapterProfile: 'command' }, 'recipe_missing'],
    [{ adapterProfile: 'command', goal: 'rm -rf /' }, 'recipe_missing', withAgents],
    [{ adapterProfile: 'command', recipe }, 'executor_unavailable', { ...real, isAvailable: () => false }],
    [{ adapterProfile: 'codex', recipe }, 'codex (simulated)'],
    [{ adapterProfile: 'Codex' }, 'unknown_executor'],
    [{ adapterProfile: ' codex' }, 'unknown_executor'],
    [{ adapterProfile: 'gemini' }, 'unknown_executor'],
    [{ adapterProfile: '../codex' }, 'unknown_executor'],
    [{ adapterProfile: 'constructor', isSimulation: true }, 'unknown_executor'],
  ])('for %j is %s (EXE-1, EXE-2, EXE-3, EXE-4)', (spec, expected, offer) => {
    expect(choose(spec, offer)).toBe(expected);
  });

  it.each(AGENT_NAMES)('knows the agent %s, here or not (EXE-1, EXE-2, EXE-4)', (name) => {
    expect(choose({ adapterProfile: name })).toBe(`${name} (simulated)`);
    expect(choose({ adapterProfile: name }, real)).toBe('executor_unavailable');
    expect(choose({ adapterProfile: name }, withAgents)).toBe(name);
  });

  it('asks whether agents are simulated, and nobody else (EXE-2)', () => {
    const asked: string[] = [];
    const isSimulated = (name: string): boolean => asked.push(name) < 0;
    for (const adapterProfile of EXECUTOR_NAMES) choose({ adapterProfile, recipe }, { ...withAgents, isSimulated });
    expect(asked).toEqual(AGENT_NAMES);
  });

  it.each([
    [
      'gemini',
      'there is no executor "gemini"; known ones: simulation, command, codex, claude, qwen, openclaw-acpx, ide-chat',
    ],
    ['command', 'the command executor runs recipe.steps and never the goal: add "recipe": {"steps": [{"run": "…"}]}'],
    [
      'qwen',
      'executor "qwen" is not available here; use "command" with a recipe, or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1',
    ],
    [
      '',
      'executor "codex", the default for tasks that name none, is not available here; use "command" with a recipe, ' +
        'or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1',
    ],
  ])('says what to do about %s (EXE-1, EXE-3, EXE-4)', (adapterProfile, sentence) => {
    const choice = chooseExecutor(TaskSpec.parse({ adapterProfile }), real);
    expect(choice.ok ? null : choice.error.message).toBe(sentence);
  });
});
