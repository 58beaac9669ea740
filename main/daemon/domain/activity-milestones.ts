import type { Activity } from '../../../contract/activity.ts';
import type { Usage } from '../../../contract/usage.ts';

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
  const calls = new Map<string, Call>();
  let plan = '';
  let session = '';
  let usage: Usage | null = null;

  const findCall = (told: ToolCall): Milestone | null => {
    const before = calls.get(told.callId);
    if (before?.isEnded === true || (before === undefined && calls.size >= MAX_CALLS)) return null;
    const { tool, name, title } = { ...before?.facts, ...factsOf(told) };
    const isEnded = !LIVE.includes(told.status);
    calls.set(told.callId, { isEnded, facts: isEnded ? {} : factsOf({ ...before?.facts, tool, name, title }) });
    if (before !== undefined && !isEnded) return null;
    return {
      kind: isEnded ? 'tool_ended' : 'tool_begun',
      payload: {
        call_id: brief(told.callId),
        ...(tool === undefined ? {} : { tool }),
        ...(name === undefined ? {} : { name: brief(name) }),
        ...(title === undefined ? {} : { title: brief(title) }),
        status: told.status,
        ...(told.exitCode === undefined ? {} : { exit_code: told.exitCode }),
      },
    };
  };
  const find = (activity: Activity): Milestone | null => {
    switch (activity.kind) {
      case 'session': {
        const { model } = activity;
        if (session === activity.session) return null;
        session = activity.session;
        const payload = { session: brief(session), ...(model === undefined ? {} : { model: brief(model) }) };
        return { kind: 'session', payload, session };
      }
      case 'tool_call':
        return findCall(activity);
      case 'plan': {
        const now = JSON.stringify(activity.entries);
        if (now === plan) return null;
        plan = now;
        return planMilestone(activity.entries);
      }
      case 'retry': {
        const { attempt, max, delayMs, status, text } = activity;
        const numbers = { attempt, max: max ?? null, delay_ms: delayMs ?? null, status: status ?? null };
        return { kind: 'retry', payload: { ...numbers, text: brief(text) } };
      }
      case 'notice':
        return activity.level === 'error'
          ? { kind: 'notice', payload: { level: 'error', text: brief(activity.text) } }
          : null;
      case 'usage':
        usage = activity.usage;
        return null;
      default:
        return null;
    }
  };
  return { find, usage: () => usage };
}

type ToolCall = Extract<Activity, { kind: 'tool_call' }>;
type CallFacts = Pick<ToolCall, 'tool' | 'name' | 'title'>;

interface Call {
  readonly isEnded: boolean;
  readonly facts: CallFacts;
}

const LIVE: readonly string[] = ['pending', 'running'];

/** What is absent stays as it was. */
const factsOf = ({ tool, name, title }: CallFacts): CallFacts => ({
  ...(tool === undefined ? {} : { tool }),
  ...(name === undefined ? {} : { name: brief(name) }),
  ...(title === undefined ? {} : { title: brief(title) }),
});

function planMilestone(entries: Extract<Activity, { kind: 'plan' }>['entries']): Milestone {
  const done = entries.filter(({ status }) => status === 'completed').length;
  const current = entries.find(({ status }) => status === 'in_progress')?.content;
  return {
    kind: 'plan',
    payload: {
      entries: entries.length,
      completed: done,
      ...(current === undefined ? {} : { current: brief(current) }),
    },
  };
}

/** One line of at most `MAX_TITLE` characters. */
function brief(text: string): string {
  const line = text
    .slice(0, 4 * MAX_TITLE)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= MAX_TITLE ? line : `${line.slice(0, MAX_TITLE - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
