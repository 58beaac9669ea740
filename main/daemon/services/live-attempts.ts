import type { AttemptId, RunId, StepId } from '../../../contract/ids.ts';

export interface StopOrder {
  readonly reason: 'cancel' | 'shutdown';
  readonly actor: string;
  readonly why: string;
}

interface LiveAttempt {
  readonly runId: RunId;
  readonly stepId: StepId;
  readonly attemptId: AttemptId;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** The attempts that this process works on now. What is not in here and live in the record was left by an earlier daemon. */
export interface LiveAttempts {
  readonly size: number;
  /** Runs the work until it settles. The signal's reason is a `StopOrder`. */
  start(place: Pick<LiveAttempt, 'runId' | 'stepId' | 'attemptId'>, work: (signal: AbortSignal) => Promise<void>): void;
  ids(): readonly AttemptId[];
  /** Resolves when no attempt that matches is worked on any more, not even its clean-up. */
  gone(matches: (place: LiveAttempt) => boolean): Promise<void>;
  /** Orders every attempt that matches to stop and resolves when all of them have ended. */
  stop(matches: (place: LiveAttempt) => boolean, order: StopOrder): Promise<void>;
}

export interface LiveListeners {
  readonly onBug: (error: unknown, attemptId: AttemptId) => void;
  readonly onDidEnd: () => void;
}

export function createLiveAttempts({ onBug, onDidEnd }: LiveListeners): LiveAttempts {
  const live = new Map<AttemptId, LiveAttempt>();
  return {
    get size() {
      return live.size;
    },
    ids: () => [...live.keys()],
    start(place, work) {
      const controller = new AbortController();
      const ended = work(controller.signal)
        .catch((error: unknown) => onBug(error, place.attemptId))
        .finally(() => {
          live.delete(place.attemptId);
          onDidEnd();
        });
      live.set(place.attemptId, { ...place, controller, ended });
    },
    async gone(matches) {
      await Promise.all([...live.values()].filter(matches).map((attempt) => attempt.ended));
    },
    async stop(matches, order) {
      const matching = [...live.values()].filter(matches);
      for (const attempt of matching) attempt.controller.abort(order);
      await Promise.all(matching.map((attempt) => attempt.ended));
    },
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The order behind an aborted signal. */
export function stopOrderOf(signal: AbortSignal): StopOrder {
  const order: unknown = signal.reason;
  const text = (key: string): string => {
    const value = isRecord(order) ? order[key] : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { reason: text('reason') === 'cancel' ? 'cancel' : 'shutdown', actor: text('actor'), why: text('why') };
}
