import { redactionMarker } from './redactor.ts';

/**
 * Takes what looks like a widely used kind of key out of a text, whoever it belongs to: an agent may have read it in a
 * file. Only for sentences that are recorded, never for work or logs: a shape is a guess, and costs as much as all else.
 */
export function withoutKeys(text: string): string {
  const words = text.replace(KEY, (found: string, at: number, whole: string) => {
    const isKey = isWholeWord(whole, at) && (!found.startsWith('sk-') || /\d/.test(found));
    return isKey ? redactionMarker : found;
  });
  return words.includes(PEM_START) ? withoutPem(words) : words;
}

/** Model vendors, forges, chats, clouds, registries, JSON web tokens. Bounded where what begins alike could be long. */
const KEY =
  /(?:sk-[\w-]{20,}|gh[opsur]_[A-Za-z0-9]{30,}|github_pat_\w{22,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z0-9]{30,}|pypi-[\w-]{50,}|eyJ[\w-]{8,200}\.eyJ[\w-]{8,8000}\.[\w-]{8,})/g;

/** A word may follow an escape of JSON, whose letter is none of its own: `\nghp_…`. */
const isWholeWord = (text: string, at: number): boolean =>
  at === 0 || !/[\w-]/.test(text.charAt(at - 1)) || /\\[nrt]$/.test(text.slice(Math.max(0, at - 2), at));

const PEM_START = '-----BEGIN ';
const PEM_BEGIN = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;
const PEM_END = 'PRIVATE KEY-----';
/** What of a block is there when its end is not. */
const PEM_REST = /[A-Za-z0-9+/=\\\s]*/y;

function withoutPem(text: string): string {
  const pieces: string[] = [];
  let shown = 0;
  let end = 0;
  for (const { index, 0: begin } of text.matchAll(PEM_BEGIN)) {
    if (index < shown) continue;
    const body = index + begin.length;
    if (end < body && end !== -1) end = text.indexOf(PEM_END, body);
    pieces.push(text.slice(shown, index));
    shown = end === -1 ? endOfRest(text, body) : end + PEM_END.length;
  }
  return [...pieces, text.slice(shown)].join(redactionMarker);
}

function endOfRest(text: string, from: number): number {
  PEM_REST.lastIndex = from;
  PEM_REST.test(text);
  return PEM_REST.lastIndex;
}
