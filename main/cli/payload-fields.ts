import type { JsonObject } from '../../contract/client/json-value.ts';
import { oneLine } from './terminal.ts';

/** A text of an event's payload on one line; empty when it is not there. */
export const textIn = (payload: JsonObject, name: string): string => {
  const value = payload[name];
  return typeof value === 'string' ? oneLine(value) : '';
};

export const numberIn = (payload: JsonObject, name: string): number | null => {
  const value = payload[name];
  return typeof value === 'number' ? value : null;
};

/** The text behind words that lead to it; empty when there is no text. */
export const before = (words: string, text: string): string => (text === '' ? '' : `${words}${text}`);
