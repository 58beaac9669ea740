import type { ClientActivity } from '../../contract/client/client-activity.ts';
import { oneLine } from './terminal.ts';

/** `waiting for the model, retry 3 of 10: overloaded`. */
export function describeRetry({ attempt, max, text }: Pick<ClientActivity, 'attempt' | 'max' | 'text'>): string {
  const why = oneLine(text);
  return `waiting for the model, retry ${attempt}${max === null ? '' : ` of ${max}`}${why === '' ? '' : `: ${why}`}`;
}
