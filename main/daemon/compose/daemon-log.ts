import type { Log } from '../services/context.ts';

/** The daemon's own log: a JSON object a line. It is for whoever looks after the machine; no state depends on it. */
export const createDaemonLog =
  (write: (line: string) => void, clock: () => number): Log =>
  (level, msg, facts = {}) => {
    write(`${JSON.stringify({ time: new Date(clock()).toISOString(), level, msg, ...facts }, errorsAsText)}\n`);
  };

/** An Error has no fields of its own in JSON. */
const errorsAsText = (_key: string, value: unknown): unknown => {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, ...(cause === undefined || cause === null ? {} : { cause }) };
};
