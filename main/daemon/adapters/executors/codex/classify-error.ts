import { type AgentErrorKind, kindOfStatus } from '../agent/agent-error-kind.ts';

/** Codex's own names of errors (`codexErrorInfo`), as far as they tell more than their text. */
const KINDS: Readonly<Record<string, AgentErrorKind>> = {
  unauthorized: 'auth',
  usageLimitExceeded: 'rate_limit',
  rateLimitExceeded: 'rate_limit',
  flexUnavailable: 'rate_limit',
  policyCapacityUnavailable: 'rate_limit',
  serverOverloaded: 'model',
  internalServerError: 'model',
  badRequest: 'model',
  modelNotFound: 'model',
  httpConnectionFailed: 'model',
  responseStreamConnectionFailed: 'model',
  responseStreamDisconnected: 'model',
  responseTooManyFailedAttempts: 'model',
  contextWindowExceeded: 'limit',
  sessionBudgetExceeded: 'limit',
  cyberPolicy: 'refusal',
  misalignmentPolicyViolation: 'refusal',
  inferenceHookDenied: 'refusal',
};

/** What Codex says of an error in words; `exec` has nothing else. The first that fits counts. */
const BY_WORDS: readonly (readonly [RegExp, AgentErrorKind])[] = [
  [/usage limit|rate limit|quota/i, 'rate_limit'],
  [/context window/i, 'limit'],
  [/stream disconnected|stream closed|high demand|exceeded retry limit|error sending request/i, 'model'],
  [/^unexpected status \d{3}/, 'model'],
  [/"type":"[a-z_]*error"/, 'model'],
];

export interface ToldError {
  readonly message: string;
  /** The name of the error, when Codex tells one. */
  readonly name?: string | null;
  /** HTTP status of the answer that is to blame, when Codex tells one. */
  readonly status?: number | null;
}

export function classifyError({ message, name, status }: ToldError): AgentErrorKind {
  const byStatus = kindOfStatus(status ?? statusIn(message));
  if (byStatus !== null) return byStatus;
  const byName = KINDS[name ?? ''];
  if (byName !== undefined) return byName;
  return BY_WORDS.find(([words]) => words.test(message))?.[1] ?? 'other';
}

export function statusIn(message: string): number | null {
  const status = /\b(?:unexpected status|last status:) (\d{3})\b/.exec(message)?.[1];
  return status === undefined ? null : Number(status);
}

/** Some errors are the service's answer as it came, in JSON: then its own sentence is what a person can read. */
export function readableError(message: string): string {
  const sentence = /^\{"error":\{"message":("(?:[^"\\]|\\.)*")/.exec(message)?.[1];
  return sentence === undefined ? message : textOf(sentence);
}

function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json; // It is cut or no JSON after all: shown as it is.
  }
}
