import { readJson } from './parse-line.ts';

/** What a service said, out of what a program made of it: `[API Error: {"error":{"message":"…"}}]` and the like. */
export function errorSentence(text: string): string {
  const [, inner] = /^\s*\[API Error: (.*)\]\s*$/s.exec(text) ?? [];
  const told = inner ?? text;
  return messageIn(told, MAX_DEPTH) ?? told;
}

/** Services put the answer of the service behind them into their own. */
const MAX_DEPTH = 3;

function messageIn(text: string, depth: number): string | null {
  const found = depth === 0 || !text.trimStart().startsWith('{') ? null : messageOf(readJson(text));
  return found === null ? null : (messageIn(found, depth - 1) ?? found);
}

function messageOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('error' in value && typeof value.error === 'object') return messageOf(value.error);
  return 'message' in value && typeof value.message === 'string' && value.message !== '' ? value.message : null;
}
