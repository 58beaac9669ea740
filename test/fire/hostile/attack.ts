import type { Names, Route } from './routes.ts';

/** Bytes on the wire, and what has to come of them. */
export interface Shot {
  readonly bytes: readonly (string | Uint8Array)[];
  /** Must be 4xx or a closed connection; otherwise anything is right that is no 5xx and changes nothing. */
  readonly mustRefuse: boolean;
  readonly isHalfClosed?: boolean;
  /** What is different from its neighbours. */
  readonly detail: string;
}

export interface Aim {
  readonly route: Route;
  readonly port: number;
  readonly token: string;
  /** What is there. */
  readonly existing: Names;
}

export interface Attack {
  readonly name: string;
  shots(aim: Aim): readonly Shot[];
}

/** For a parameter: nothing is there. */
export const missing = (): string => 'nothing-of-that-name';
