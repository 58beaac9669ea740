import type { ClientEvent } from '../../contract/client/client-event.ts';
import type { JsonObject } from '../../contract/client/json-value.ts';
import { describeMilestone } from './describe-milestone.ts';
import { formatElapsed, formatSecond } from './format-time.ts';
import { before, numberIn, textIn } from './payload-fields.ts';
import { gateTone, paint, runTone, stepTone, type Tone } from './state-tone.ts';
import { oneLine, type Screen } from './terminal.ts';

/** One line for a log of events: when, which, what. */
export const eventLine = (event: ClientEvent, screen: Screen): string =>
  `${formatSecond(event.atMs)} #${event.seq} ${describeEvent(event, screen)}`;

/** What happened, in words. A type that this program does not know is told by its name. */
export function describeEvent(event: ClientEvent, screen: Screen): string {
  const tell = SENTENCES.get(event.type);
  const facts = factsOf(event, screen);
  return tell === undefined ? `${event.type} ${subjectOf(event)}`.trimEnd() : tell(facts);
}

interface Facts {
  readonly event: ClientEvent;
  /** A text of the payload on one line; empty when it is not there. */
  readonly text: (name: string) => string;
  /** The same with words before it, or nothing. */
  readonly after: (words: string, name: string) => string;
  readonly count: (name: string) => number | null;
  readonly painted: (tone: (state: string) => Tone | null, name: string) => string;
  readonly by: string;
}

function factsOf(event: ClientEvent, screen: Screen): Facts {
  const { payload } = event;
  const text = (name: string): string => textIn(payload, name);
  return {
    event,
    text,
    after: (words, name) => before(words, text(name)),
    count: (name) => numberIn(payload, name),
    painted: (tone, name) => paint(screen, tone(text(name)), text(name)),
    by: event.actor === 'daemon' ? '' : ` by ${oneLine(event.actor)}`,
  };
}

const listIn = (payload: JsonObject, name: string): string => {
  const value = payload[name];
  return Array.isArray(value)
    ? value
        .filter((one) => typeof one === 'string')
        .map(oneLine)
        .join(', ')
    : '';
};

const subjectOf = ({ gateId, attemptId, stepId, runId }: ClientEvent): string => gateId || attemptId || stepId || runId;

const SENTENCES: ReadonlyMap<string, (facts: Facts) => string> = new Map<string, (facts: Facts) => string>([
  ['instance.started', ({ text }) => `daemon started, version ${text('version')}`],
  ['instance.stopping', ({ after }) => `daemon stops${after(': ', 'reason')}`],
  ['instance.recovered', () => 'daemon finished what an earlier one had left'],
  ['run.created', ({ event, after, by }) => `run ${event.runId} opened${by}${after(' for ', 'project_id')}`],
  ['run.abort_requested', ({ event, after, by }) => `run ${event.runId} is to be aborted${by}${after(': ', 'reason')}`],
  [
    'run.state_changed',
    ({ event, text, after, painted }) =>
      `run ${event.runId} ${text('from')} → ${painted(runTone, 'to')}${after(': ', 'reason')}`,
  ],
  ['step.submitted', ({ event, after, by }) => `step ${event.stepId} submitted${by}${after(': ', 'title')}`],
  [
    'step.cancel_requested',
    ({ event, after, by }) => `step ${event.stepId} is to be cancelled${by}${after(': ', 'reason')}`,
  ],
  [
    'step.state_changed',
    ({ event, text, after, painted }) =>
      `step ${event.stepId} ${text('from')} → ${painted(stepTone, 'to')}${after(': ', 'reason')}${after(', not before ', 'not_before')}`,
  ],
  [
    'step.resolved',
    ({ event, after, painted, by }) =>
      `step ${event.stepId} resolved as ${painted(stepTone, 'as')}${by}${after(': ', 'reason')}`,
  ],
  [
    'attempt.started',
    ({ event, after }) =>
      `attempt ${event.attemptId} started${after(' on ', 'executor')}${event.payload['is_simulation'] === true ? ', simulated' : ''}`,
  ],
  ['attempt.state_changed', ({ event, painted }) => `attempt ${event.attemptId} ${painted(stepTone, 'state')}`],
  ['attempt.progress', ({ event }) => `attempt ${event.attemptId}: ${describeProgress(event.payload)}`],
  [
    'attempt.ended',
    ({ event, after, painted }) =>
      `attempt ${event.attemptId} ended ${painted(stepTone, 'state')}${after(', ', 'failure_class')}${after(': ', 'summary')}`,
  ],
  [
    'attempt.worktree_kept',
    ({ event, after }) => `worktree of ${event.attemptId} kept${after(' at ', 'path')}${after(': ', 'reason')}`,
  ],
  ['validation.ended', ({ event }) => `${event.attemptId}: ${describeValidationEnd(event.payload)}`],
  [
    'gate.opened',
    ({ event, text }) =>
      `gate ${event.gateId} waits for a decision${before(': ', text('prompt') || listIn(event.payload, 'reasons'))}`,
  ],
  [
    'gate.decided',
    ({ event, after, text, painted, by }) =>
      `gate ${event.gateId} ${painted(gateTone, 'state')}${by}${bracketed(text('prompt'))}${after(': ', 'reason')}`,
  ],
  ['gate.withdrawn', ({ event, after }) => `gate ${event.gateId} withdrawn${after(': ', 'reason')}`],
  ['gate.expired', ({ event, after }) => `gate ${event.gateId} expired${after(': ', 'reason')}`],
  ['terminal.typed_into', ({ event }) => `${oneLine(event.actor)} types into the terminal of ${event.attemptId}`],
  ['salvage.released', ({ event, by }) => `saved work of ${event.attemptId} given up${by}`],
  ['token.created', ({ text, by }) => `${text('kind') || 'a window'}${before(' ', text('name'))} was let in${by}`],
  ['token.revoked', ({ text, by }) => `token${before(' of ', text('kind'))}${before(' ', text('name'))} revoked${by}`],
  [
    'access.refused',
    ({ event, text, after }) =>
      `${oneLine(event.actor)} was refused ${text('method')} ${text('path')}${after(': ', 'reason')}`,
  ],
  [
    'settings.changed',
    ({ event, after, by }) =>
      `settings${before(' ', listIn(event.payload, 'keys'))} written${by}${after(' into ', 'file')}`,
  ],
  ['record.quarantined', ({ text, after }) => `a row of ${text('table')} was set aside${after(': ', 'reason')}`],
]);

const bracketed = (text: string): string => (text === '' ? '' : ` (${text})`);

/** What an executor tells while it works: `recipe step 2 done (0.4 s)`, or whatever kind it names. */
export function describeProgress(payload: JsonObject): string {
  const told = describeMilestone(payload);
  if (told !== null) return told;
  const kind = textIn(payload, 'kind').replaceAll('_', ' ');
  const index = numberIn(payload, 'index');
  const durationMs = numberIn(payload, 'duration_ms');
  const said = textIn(payload, 'text') || textIn(payload, 'title') || textIn(payload, 'message');
  const verdict = payload['ok'] === true ? ' done' : payload['ok'] === false ? ' failed' : '';
  const took = durationMs === null ? '' : ` (${formatElapsed(durationMs)})`;
  return `${kind}${index === null ? '' : ` ${index}`}${verdict}${took}${before(': ', said)}`;
}

/** `validation unit passed (12 s)`. */
export function describeValidationEnd(payload: JsonObject): string {
  const durationMs = numberIn(payload, 'duration_ms');
  const took = durationMs === null ? '' : ` (${formatElapsed(durationMs)})`;
  return `validation ${textIn(payload, 'name')} ${textIn(payload, 'state')}${took}`;
}
