import type { ExecutorOutcome, ExecutorVerdict } from './executor.ts';

/** The outcome of an executor of which nothing else is to be told. */
export const outcomeOf = (known: ExecutorVerdict & Partial<ExecutorOutcome>): ExecutorOutcome => ({
  ifUnchanged: null,
  usage: null,
  questions: [],
  exitCode: null,
  signal: null,
  session: null,
  model: null,
  leftoverCount: 0,
  doubts: [],
  problems: [],
  ...known,
});
