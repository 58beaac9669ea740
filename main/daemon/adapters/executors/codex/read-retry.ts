import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { statusIn } from './classify-error.ts';

const RETRY = /^Reconnecting\.\.\. (?:(\d+)\/(\d+)|waiting for network)/;

export interface Retry {
  readonly message: string;
  readonly status?: number | null;
  /** Which waiting this is, when Codex does not count. */
  readonly number: number;
}

/** Codex tells that it asks its model again in the words of an error. Null: that is no retry. */
export function readRetry({ message, status, number }: Retry): readonly AgentSignal[] | null {
  const match = RETRY.exec(message);
  if (match === null) return null;
  const [, attempt, max] = match;
  const known = status ?? statusIn(message);
  const told = {
    kind: 'retry',
    attempt: Math.max(1, Number(attempt ?? number)),
    ...(max === undefined || Number(max) === 0 ? {} : { max: Number(max) }),
    ...(known === null ? {} : { status: known }),
    text: message,
  } as const;
  return [doing(told), { of: 'model_request', isFruitful: false }];
}
