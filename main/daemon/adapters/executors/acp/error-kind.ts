import type { AgentErrorKind } from '../agent/agent-error-kind.ts';

const AUTHENTICATION_REQUIRED = '-32000';

/** Agents tell the HTTP status of their service as the code of an error, in its message, or beside it. */
export function errorKindOfText(told: string): AgentErrorKind {
  if (told.startsWith(AUTHENTICATION_REQUIRED) || /\b40[13]\b|unauthenticated|authenticat/i.test(told)) return 'auth';
  return /\b429\b|rate.?limit|quota/i.test(told) ? 'rate_limit' : 'model';
}
