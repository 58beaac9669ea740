import type { ClientEvent } from '../../contract/client/client-event.ts';
import { stateWords } from './states.ts';

const textOf = ({ payload }: ClientEvent, name: string): string => {
  const value = payload[name];
  return typeof value === 'string' ? value : '';
};

const because = (event: ClientEvent, name = 'reason'): string => {
  const reason = textOf(event, name);
  return reason === '' ? '' : `: ${reason}`;
};

const SENTENCES: ReadonlyMap<string, (event: ClientEvent) => string> = new Map<string, (event: ClientEvent) => string>([
  ['instance.started', (event) => `The daemon started, version ${textOf(event, 'version')}`],
  ['instance.stopping', (event) => `The daemon stops${because(event)}`],
  ['instance.recovered', () => 'The daemon finished what an earlier one had left'],
  ['run.created', () => 'The run was opened'],
  ['run.abort_requested', (event) => `The end of the run was asked for${because(event)}`],
  ['run.state_changed', (event) => `Run: ${stateWords('run', textOf(event, 'to')).label}${because(event)}`],
  ['step.submitted', (event) => `Step ${textOf(event, 'title') || event.stepId} was submitted`],
  ['step.cancel_requested', (event) => `The end of step ${event.stepId} was asked for${because(event)}`],
  [
    'step.state_changed',
    (event) => `Step ${event.stepId}: ${stateWords('step', textOf(event, 'to')).label}${because(event)}`,
  ],
  [
    'step.resolved',
    (event) => `Step ${event.stepId} was declared ${stateWords('step', textOf(event, 'as')).label}${because(event)}`,
  ],
  ['attempt.started', (event) => `Attempt ${event.attemptId} started`],
  [
    'attempt.state_changed',
    (event) => `Attempt ${event.attemptId}: ${stateWords('attempt', textOf(event, 'state')).label}`,
  ],
  [
    'attempt.ended',
    (event) => `Attempt ${event.attemptId} ended: ${stateWords('attempt', textOf(event, 'state')).label}`,
  ],
  [
    'attempt.progress',
    (event) =>
      `Attempt ${event.attemptId}: ${textOf(event, 'title') || textOf(event, 'text') || textOf(event, 'kind')}`,
  ],
  ['attempt.worktree_kept', (event) => `The worktree of ${event.attemptId} was kept`],
  [
    'validation.ended',
    (event) => `Check ${textOf(event, 'name')}: ${stateWords('check', textOf(event, 'state')).label}`,
  ],
  ['gate.opened', (event) => `Gate ${event.gateId} opened${because(event, 'prompt')}`],
  [
    'gate.decided',
    (event) => `Gate ${event.gateId}: ${stateWords('gate', textOf(event, 'state')).label}${because(event)}`,
  ],
  ['gate.withdrawn', (event) => `Gate ${event.gateId} was withdrawn${because(event)}`],
  ['gate.expired', (event) => `Gate ${event.gateId} expired`],
  ['terminal.typed_into', (event) => `Somebody typed into the terminal of ${event.attemptId}`],
  ['salvage.released', (event) => `What was kept of ${event.attemptId} was let go of`],
  ['settings.changed', () => 'Settings were changed'],
  ['access.refused', (event) => `Refused${because(event)}`],
  ['record.quarantined', () => 'A record that cannot be read was set aside'],
]);

/** What happened, in words. A type that this page does not know is told by its name. */
export const eventWords = (event: ClientEvent): string =>
  SENTENCES.get(event.type)?.(event) ??
  `${event.type} ${event.gateId || event.attemptId || event.stepId || event.runId}`.trimEnd();
