import type { AgentErrorKind } from '../agent/agent-error-kind.ts';

/** By the HTTP status of the service, where it is told, and by what is said. */
export function errorKindOf(status: number | null, text: string): AgentErrorKind {
  if (text.startsWith('Loop detection halted')) return 'loop';
  if (status === 401 || status === 403 || /\b40[13]\b|authenticat|invalid api key|forbidden/i.test(text)) return 'auth';
  if (status === 429 || status === 529 || /\b429\b|rate.?limit|overloaded|quota/i.test(text)) return 'rate_limit';
  return 'model';
}
