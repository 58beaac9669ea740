/** Counts the time that an attempt works, and not the time in which somebody is asked. */
export interface AttemptClock {
  /** Calls once, when the time is used up. */
  start(onTimeUp: () => void): void;
  /** Stands still until what it returns is called; with several pauses, until the last of them is over. */
  pause(): () => void;
  stop(): void;
}

/** Times in milliseconds from any beginning; they never go back. */
export interface TimerSource {
  readonly nowMs: () => number;
  /** Returns what takes the call back. */
  readonly callIn: (delayMs: number, call: () => void) => () => void;
}

const realTimers: TimerSource = {
  nowMs: () => performance.now(),
  callIn(delayMs, call) {
    const timer = setTimeout(call, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface AttemptClockOptions {
  /** Null: it only counts. */
  readonly limitMs: number | null;
  readonly timers?: TimerSource;
}

export function createAttemptClock({ limitMs, timers = realTimers }: AttemptClockOptions): AttemptClock {
  let leftMs = limitMs;
  let state: 'new' | 'started' | 'stopped' = 'new';
  let pauses = 0;
  let onTimeUp = () => {};
  let running: { readonly sinceMs: number; readonly cancel: () => void } | null = null;

  const run = () => {
    if (state !== 'started' || pauses > 0 || leftMs === null || running !== null) return;
    running = { sinceMs: timers.nowMs(), cancel: timers.callIn(leftMs, expire) };
  };
  const expire = () => {
    state = 'stopped';
    running = null;
    onTimeUp();
  };
  const hold = () => {
    if (running === null) return;
    running.cancel();
    if (leftMs !== null) leftMs = Math.max(leftMs - (timers.nowMs() - running.sinceMs), 0);
    running = null;
  };
  return {
    start(call) {
      if (state !== 'new') return;
      state = 'started';
      onTimeUp = call;
      run();
    },
    pause() {
      let isOver = false;
      pauses += 1;
      hold();
      return () => {
        if (isOver) return;
        isOver = true;
        pauses -= 1;
        run();
      };
    },
    stop() {
      state = 'stopped';
      hold();
    },
  };
}
