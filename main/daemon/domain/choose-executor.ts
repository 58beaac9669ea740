import { type Refusal, refusal } from '../../../contract/errors.ts';
import { isAgentName } from '../../../contract/executor-profile.ts';
import { nearestWord } from '../../../contract/nearest-word.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { TaskSpec } from '../../../contract/task-spec.ts';
import type { ExecutorShelf, UsableExecutor } from './executor-shelf.ts';

export interface ExecutorChoice {
  readonly executor: UsableExecutor;
  readonly isSimulation: boolean;
}

export interface ExecutorOffer {
  readonly defaultExecutor: string;
  readonly shelf: ExecutorShelf;
  /** Whether the operator's settings simulate this agent. */
  readonly isSimulated: (agent: string) => boolean;
}

/** Whether an agent is simulated for a task: because it is the simulation, the task says so, or the settings do. */
export function isSimulatedTask(spec: TaskSpec, agent: string, isSimulated: (agent: string) => boolean): boolean {
  return agent === 'simulation' || spec.isSimulation === true || isSimulatedAgent(agent, isSimulated);
}

/** `command` never is: what it runs is declared by the task and not pretended. */
export const isSimulatedAgent = (agent: string, isSimulated: (agent: string) => boolean): boolean =>
  agent !== 'command' && isAgentName(agent) && isSimulated(agent);

/** Which executor a task runs on. It is never guessed and never switched: what cannot be used is refused. */
export function chooseExecutor(spec: TaskSpec, offer: ExecutorOffer): Result<ExecutorChoice, Refusal> {
  const name = wantedName(spec, offer);
  const executor = offer.shelf.executors.get(name);
  if (executor === undefined) return err(refusal('unknown_executor', nobodyOfThisName(spec, offer)));
  if (executor.profile === null) {
    const sentence = `${callIt(spec, name)} cannot be used: ${executor.problems.join('; ')}`;
    return err(refusal('executor_unavailable', sentence));
  }
  const { agent, recipe } = executor.profile;
  const isSimulation = isSimulatedTask(spec, agent, offer.isSimulated);
  if (!isSimulation && agent === 'command' && spec.recipe === undefined && recipe === null) {
    const sentence =
      'the command executor runs recipe.steps and never the goal: add "recipe": {"steps": [{"run": "…"}]}';
    return err(refusal('recipe_missing', sentence));
  }
  return ok({ executor, isSimulation });
}

/** A task without a recipe gets that of its profile, and keeps it: what is run is what was submitted. */
export const withRecipeOf = ({ profile }: UsableExecutor, spec: TaskSpec): TaskSpec =>
  spec.recipe !== undefined || profile.recipe === null ? spec : { ...spec, recipe: profile.recipe };

/** What a task is told whose executor is not here. `why` says what was looked for, and what to install or set. */
export const notAvailable = (spec: TaskSpec, { name }: UsableExecutor, why: string): Refusal =>
  refusal(
    'executor_unavailable',
    `${callIt(spec, name)} is not available here: ${why}; or use "command" with a recipe, or simulate it with ALL_ADAPTERS_SIMULATION_MODE=1`,
  );

const wantedName = ({ adapterProfile }: TaskSpec, { defaultExecutor }: ExecutorOffer): string =>
  adapterProfile === '' ? defaultExecutor : adapterProfile;

/** Whoever named none has to see where the name comes from. */
const callIt = ({ adapterProfile }: TaskSpec, name: string): string =>
  `executor "${name}"${adapterProfile === '' ? ', the default for tasks that name none,' : ''}`;

function nobodyOfThisName(spec: TaskSpec, offer: ExecutorOffer): string {
  const wanted = wantedName(spec, offer);
  return `there is no ${callIt(spec, wanted)}${whatThereIs(offer.shelf, wanted)}`;
}

/** What is said to somebody who asks for an executor that is not there. */
export const noSuchExecutor = (shelf: ExecutorShelf, name: string): string =>
  `there is no executor "${name}"${whatThereIs(shelf, name)}`;

function whatThereIs({ executors }: ExecutorShelf, wanted: string): string {
  const known = [...executors.keys()];
  const meant = nearestWord(wanted.trim().toLowerCase(), known);
  const hint = meant === null ? ';' : `; did you mean "${meant}"?`;
  return `${hint} known ones: ${known.join(', ')}`;
}
