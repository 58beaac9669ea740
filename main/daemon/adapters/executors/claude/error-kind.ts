import { type AgentErrorKind, kindOfStatus } from '../agent/agent-error-kind.ts';

/** Anthropic's own status for having no room. */
const OVERLOADED = 529;

/** By the HTTP status of the service, where it is told, and by what is said. */
export function errorKindOf(status: number | null, text: string): AgentErrorKind {
  const byStatus = kindOfStatus(status);
  if (text.startsWith('Loop detection halted')) return 'loop';
  if (byStatus === 'auth' || /\b40[13]\b|authenticat|invalid api key|forbidden/i.test(text)) return 'auth';
  if (byStatus === 'rate_limit' || status === OVERLOADED || /\b429\b|rate.?limit|overloaded|quota/i.test(text))
    return 'rate_limit';
  return 'model';
}
