import type { AgentErrorKind } from '../agent/agent-error-kind.ts';
import { errorSentence } from '../agent/error-sentence.ts';

const AUTHENTICATION_REQUIRED = '-32000';

/** Agents tell the HTTP status of their service as the code of an error, in its message, or beside it. */
export function errorKindOfText(told: string): AgentErrorKind {
  if (/\bloop[ _](?:detect|protection)/i.test(told)) return 'loop';
  if (told.startsWith(AUTHENTICATION_REQUIRED) || /\b40[13]\b|unauthenticated|authenticat/i.test(told)) return 'auth';
  return /\b429\b|rate.?limit|quota/i.test(told) ? 'rate_limit' : 'model';
}

/** An error of JSON-RPC in words; agents put the sentence that matters behind or beside words that say nothing. */
export function errorText(message: string, data: unknown): string {
  const told = errorSentence(message.replace(SAYS_NOTHING, ''));
  if (told !== '') return told;
  return detailsIn(data) ?? (data === undefined || data === null ? message : `${message}: ${JSON.stringify(data)}`);
}

const SAYS_NOTHING = /^Internal error(?:: )?/;

function detailsIn(data: unknown): string | null {
  if (typeof data === 'string') return errorSentence(data);
  if (typeof data !== 'object' || data === null) return null;
  const sentence = Object.entries(data).find(([key, value]) => SENTENCES.has(key) && typeof value === 'string');
  return sentence === undefined ? null : errorSentence(String(sentence[1]));
}

const SENTENCES: ReadonlySet<string> = new Set(['details', 'message', 'error']);
