/** Runs a look whenever it is woken, one at a time; a wake during a look makes another one follow. */
export interface Pump {
  /** Nothing is looked at before this. */
  readonly start: () => void;
  readonly wake: () => void;
  readonly isStopped: () => boolean;
  /** No look begins after this. Resolves when the one that is under way has ended. */
  readonly stop: () => Promise<void>;
}

export function createPump(look: () => Promise<void>, onFault: (error: unknown) => void): Pump {
  let state: 'waiting' | 'idle' | 'looking' | 'again' | 'stopped' = 'waiting';
  let looking: Promise<void> = Promise.resolve();

  const isStopped = () => state === 'stopped';
  const wantsAgain = () => state === 'again';
  const lookUntilQuiet = async () => {
    do {
      if (wantsAgain()) state = 'looking';
      await look().catch(onFault);
    } while (wantsAgain());
    if (!isStopped()) state = 'idle';
  };
  const wake = () => {
    if (state === 'looking') state = 'again';
    if (state !== 'idle') return;
    state = 'looking';
    looking = lookUntilQuiet();
  };
  return {
    start() {
      if (state === 'waiting') state = 'idle';
      wake();
    },
    wake,
    isStopped,
    async stop() {
      state = 'stopped';
      await looking;
    },
  };
}
