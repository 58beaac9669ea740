import type { ClientRun } from '../../contract/client/client-run.ts';
import { paint, runTone } from './state-tone.ts';
import type { Screen } from './terminal.ts';

/** Where a run stands after a wait, and how to go on from there. */
export function describeRunEnd(programName: string, { id, state }: ClientRun, screen: Screen): string {
  const isPaused = state === 'paused_for_gate';
  const next = isPaused ? `gate list --run ${id} --state pending` : `run tree ${id}`;
  return [
    `Run ${id}: ${paint(screen, runTone(state), state)}`,
    ...(isPaused ? ['It goes on when somebody decides what its gates ask.'] : []),
    '',
    `  ${programName} ${next}`,
    '',
  ].join('\n');
}
