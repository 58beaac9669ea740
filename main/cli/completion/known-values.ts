import type { GateState } from '../../../contract/gate-state.ts';
import type { RunState } from '../../../contract/run-state.ts';
import type { StepState } from '../../../contract/step-state.ts';

/** What the daemon can be asked for the ids of. */
export type IdKind = 'run' | 'step' | 'attempt' | 'gate' | 'pending gate' | 'executor';

/** What may stand in one place of a command line. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'ids'; readonly of: IdKind }
  | { readonly kind: 'files' }
  | { readonly kind: 'anything' };

const RUN_STATES: readonly RunState[] = ['created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled'];
const GATE_STATES: readonly GateState[] = ['pending', 'approved', 'rejected', 'expired', 'withdrawn'];
const RESOLUTIONS: readonly StepState[] = [
  'completed',
  'completed_with_warnings',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
];

const words = (list: readonly string[]): Values => ({ kind: 'words', words: list });
const ids = (of: IdKind): Values => ({ kind: 'ids', of });
const FILES: Values = { kind: 'files' };
const ANYTHING: Values = { kind: 'anything' };

/** By the flag, and by command and flag where commands differ. */
const FLAG_VALUES: ReadonlyMap<string, Values> = new Map([
  ['run list --state', words(RUN_STATES)],
  ['gate list --state', words(GATE_STATES)],
  ['step resolve --as', words(RESOLUTIONS)],
  ['--stream', words(['stdout', 'stderr'])],
  ['--run', ids('run')],
  ['--step', ids('step')],
  ['--attempt', ids('attempt')],
  ['--adapter', ids('executor')],
  ['--task-json', FILES],
  ['--prompt-file', FILES],
  ['--config', FILES],
  ['--repo-root', FILES],
  ['--into', FILES],
]);

export const flagValues = (command: string, flag: string): Values =>
  FLAG_VALUES.get(`${command} ${flag}`) ?? FLAG_VALUES.get(flag) ?? ANYTHING;

/** By the name that the command table gives to a place. */
const PLACE_VALUES: ReadonlyMap<string, Values> = new Map([
  ['runID', ids('run')],
  ['stepID', ids('step')],
  ['attemptID', ids('attempt')],
  ['gateID', ids('gate')],
  ['executor', ids('executor')],
  ['source', FILES],
  ['path', FILES],
]);

export function placeValues(command: string, place: string): Values {
  if (place.includes('|')) return words(place.split('|'));
  // Deciding is one command, whichever the decision is.
  return command === 'gate' && place === 'gateID' ? ids('pending gate') : (PLACE_VALUES.get(place) ?? ANYTHING);
}
