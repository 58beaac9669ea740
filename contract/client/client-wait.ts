import type { Fields } from './read-fields.ts';

/** How a server-side wait ended. Neither terminal nor timed out: somebody has to decide something first. */
export interface ClientWait {
  readonly state: string;
  readonly isTerminal: boolean;
  readonly hasTimedOut: boolean;
  readonly gates: readonly string[];
}

export const clientWait = (fields: Fields): ClientWait => ({
  state: fields.text('state'),
  isTerminal: fields.flag('terminal'),
  hasTimedOut: fields.flag('timed_out'),
  gates: fields.texts('gates'),
});
