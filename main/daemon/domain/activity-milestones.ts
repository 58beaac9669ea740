import { type Activity, isCallOpen, type PlanEntry, type ToolCall } from '../../../contract/activity.ts';
import type { Usage } from '../../../contract/usage.ts';
import { firstCharacters } from './first-characters.ts';

/** What of an agent's work goes into the log of events: small, and seldom enough to be kept for ever. */
export interface Milestone {
  readonly kind: string;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  /** The vendor's session that began, whole. */
  readonly session?: string;
}

export interface MilestoneFinder {
  /** Null: it is none. */
  readonly find: (activity: Activity) => Milestone | null;
  readonly usage: () => Usage | null;
}

const MAX_TITLE = 200;
/** So many calls are told apart; beyond that nobody is told of any. */
const MAX_CALLS = 10_000;

/** Finds milestones in the activity of one attempt, which has no secrets any more. */
export function createMilestoneFinder(): MilestoneFinder {
  const findCall = createCallFinder();
  const isNewSession = createNews();
  const isNewPlan = createNews();
  let usage: Usage | null = null;

  const find = (activity: Activity): Milestone | null => {
    switch (activity.kind) {
      case 'session':
        return isNewSession(activity.session) ? sessionMilestone(activity) : null;
      case 'tool_call':
        return findCall(activity);
      case 'plan':
        return isNewPlan(JSON.stringify(activity.entries)) ? planMilestone(activity.entries) : null;
      case 'retry':
        return retryMilestone(activity);
      case 'notice': {
        const { level, text } = activity;
        return level === 'error' ? { kind: 'notice', payload: { level, text: brief(text) } } : null;
      }
      case 'usage':
        usage = activity.usage;
        return null;
      default:
        return null;
    }
  };
  return { find, usage: () => usage };
}

/** Tells whether a text is another one than the last. */
function createNews(): (text: string) => boolean {
  let last = '';
  return (text) => {
    const isNew = text !== last;
    last = text;
    return isNew;
  };
}

type Payload = Milestone['payload'];

interface Call {
  readonly isEnded: boolean;
  /** What is known of it, as a milestone tells it. */
  readonly facts: Payload;
}

/** The begin and the end of each call, with everything that was told of it before. */
function createCallFinder(): (told: ToolCall) => Milestone | null {
  const calls = new Map<string, Call>();
  return (told) => {
    const before = calls.get(told.callId);
    if (before?.isEnded === true || (before === undefined && calls.size >= MAX_CALLS)) return null;
    const facts = { ...before?.facts, ...factsOf(told) };
    const isEnded = !isCallOpen(told);
    calls.set(told.callId, { isEnded, facts: isEnded ? {} : facts });
    return before === undefined || isEnded ? callMilestone(told, facts) : null;
  };
}

/** What is absent stays as it was. */
const factsOf = ({ tool, name, title }: ToolCall): Payload => ({
  ...(tool === undefined ? {} : { tool }),
  ...(name === undefined ? {} : { name: brief(name) }),
  ...(title === undefined ? {} : { title: brief(title) }),
});

const callMilestone = ({ callId, status, exitCode }: ToolCall, facts: Payload): Milestone => ({
  kind: isCallOpen({ status }) ? 'tool_begun' : 'tool_ended',
  payload: { call_id: brief(callId), ...facts, status, ...(exitCode === undefined ? {} : { exit_code: exitCode }) },
});

const sessionMilestone = ({ session, model }: Extract<Activity, { kind: 'session' }>): Milestone => ({
  kind: 'session',
  payload: { session: brief(session), ...(model === undefined ? {} : { model: brief(model) }) },
  session,
});

function planMilestone(entries: readonly PlanEntry[]): Milestone {
  const completed = entries.filter(({ status }) => status === 'completed').length;
  const current = entries.find(({ status }) => status === 'in_progress')?.content;
  const now = current === undefined ? {} : { current: brief(current) };
  return { kind: 'plan', payload: { entries: entries.length, completed, ...now } };
}

function retryMilestone({ attempt, max, delayMs, status, text }: Extract<Activity, { kind: 'retry' }>): Milestone {
  const numbers = { attempt, max: max ?? null, delay_ms: delayMs ?? null, status: status ?? null };
  return { kind: 'retry', payload: { ...numbers, text: brief(text) } };
}

/** One line of at most `MAX_TITLE` characters. */
function brief(text: string): string {
  const line = text
    .slice(0, 4 * MAX_TITLE)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= MAX_TITLE ? line : `${firstCharacters(line, MAX_TITLE - 1)}…`;
}
