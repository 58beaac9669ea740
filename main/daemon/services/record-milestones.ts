import type { Usage } from '../../../contract/usage.ts';
import { encodeUsage } from '../../../contract/wire/usage.ts';
import type { Milestone } from '../domain/activity-milestones.ts';
import { type Held, readHeld } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { AttemptPlace } from './ports/attempt-place.ts';

type Watched = Held & { readonly place: AttemptPlace };

/** Puts milestones into the log of events: every entry is chained to the one before it and kept for ever. */
export interface MilestoneLedger {
  readonly add: (milestone: Milestone) => void;
  /** The last entry: what was used, and how many milestones were left out. */
  readonly close: (usage: Usage | null) => void;
}

/** A talkative agent does not get more entries than these. */
const MOST = 1000;
const AT_ONCE = 20;
const PER_SECOND = 4;
/** What comes within so many milliseconds goes to the disk together. */
const GATHER_MS = 200;

export function createMilestoneLedger(context: ServiceContext, held: Watched): MilestoneLedger {
  let waiting: Milestone[] = [];
  let timer: NodeJS.Timeout | undefined;
  let recorded = 0;
  let dropped = 0;
  let allowance = AT_ONCE;
  let countedAtMs = context.clock();

  const isAllowed = (): boolean => {
    const nowMs = context.clock();
    allowance = Math.min(AT_ONCE, allowance + (Math.max(0, nowMs - countedAtMs) / 1000) * PER_SECOND);
    countedAtMs = nowMs;
    if (allowance < 1 || recorded >= MOST) return false;
    allowance -= 1;
    recorded += 1;
    return true;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const milestones = waiting;
    waiting = [];
    if (milestones.length > 0) recordMilestones(context, held, milestones);
  };
  return {
    add(milestone) {
      if (!isAllowed()) {
        dropped += 1;
        return;
      }
      waiting.push(milestone);
      // A daemon that is killed right after it has asked for a permission could not go on otherwise.
      if (milestone.session !== undefined) flush();
      else timer ??= setTimeout(flush, GATHER_MS);
    },
    close(usage) {
      if (usage !== null || dropped > 0) waiting.push(lastOf(usage, dropped));
      flush();
    },
  };
}

const lastOf = (usage: Usage | null, dropped: number): Milestone => ({
  kind: 'usage',
  payload: { ...(usage === null ? {} : encodeUsage(usage)), ...(dropped === 0 ? {} : { dropped }) },
});

/** Progress is for who looks on: where it cannot be recorded the work goes on. */
export function recordMilestones(context: ServiceContext, held: Watched, milestones: readonly Milestone[]): void {
  const { place, attemptId } = held;
  try {
    context.store.transaction(() => {
      for (const { kind, payload, session } of milestones) {
        if (session !== undefined) keepSession(context, held, session);
        const actor = `executor:${attemptId}`;
        context.store.events.append({ type: 'attempt.progress', actor, ...place, payload: { kind, ...payload } });
      }
    });
  } catch (error) {
    context.log('warn', 'progress could not be recorded', { attempt: attemptId, error });
  }
}

/** As soon as it is known: whoever goes on after a crash needs it. */
function keepSession(context: ServiceContext, held: Held, session: string): void {
  const { attempt } = readHeld(context, held);
  context.store.attempts.save({ ...attempt, executorSession: session, updatedAtMs: context.clock() });
}
