import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';

/** Executors that a task may name. Agents can be simulated; `command` never is, unless the task itself says so. */
export const AGENT_NAMES = ['codex', 'claude', 'qwen', 'openclaw-acpx', 'ide-chat'] as const;
export const EXECUTOR_NAMES = ['simulation', 'command', ...AGENT_NAMES] as const;
export type ExecutorName = (typeof EXECUTOR_NAMES)[number];

export interface ExecutorChoice {
  readonly name: ExecutorName;
  readonly isSimulation: boolean;
}

export interface ExecutorOffer {
  readonly defaultExecutor: string;
  /** Whether the operator's settings simulate this agent. */
  readonly isSimulated: (name: string) => boolean;
  /** Whether a real implementation is here. */
  readonly isAvailable: (name: string) => boolean;
}

/** Whether an executor is simulated for a task: because it is the simulation, the task says so, or the settings do. */
export function isSimulatedTask(spec: TaskSpec, executor: string, isSimulated: (name: string) => boolean): boolean {
  const isAgent = AGENT_NAMES.some((agent) => agent === executor);
  return executor === 'simulation' || spec.isSimulation === true || (isAgent && isSimulated(executor));
}

/** Which executor a task runs on. It is never guessed and never switched: not available means refused. */
export function chooseExecutor(spec: TaskSpec, offer: ExecutorOffer): Result<ExecutorChoice, Refusal> {
  const isDefault = spec.adapterProfile === '';
  const wanted = isDefault ? offer.defaultExecutor : spec.adapterProfile;
  const name = EXECUTOR_NAMES.find((known) => known === wanted);
  if (name === undefined) {
    return err(
      refusal(
        'unknown_executor',
        `there is no executor "${wanted}"${isDefault ? BY_DEFAULT : ''}; known ones: ${EXECUTOR_NAMES.join(', ')}`,
      ),
    );
  }
  const isSimulation = isSimulatedTask(spec, name, offer.isSimulated);
  if (isSimulation) return ok({ name, isSimulation });
  if (name === 'command' && spec.recipe === undefined) {
    const sentence =
      'the command executor runs recipe.steps and never the goal: add "recipe": {"steps": [{"run": "…"}]}';
    return err(refusal('recipe_missing', sentence));
  }
  if (!offer.isAvailable(name)) {
    const sentence = `executor "${name}"${isDefault ? BY_DEFAULT : ''} is not available here; use "command" with a recipe, or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1`;
    return err(refusal('executor_unavailable', sentence));
  }
  return ok({ name, isSimulation });
}

/** Whoever named none has to see where the name comes from. */
const BY_DEFAULT = ', the default for tasks that name none,';
