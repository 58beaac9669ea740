import type { AgentFailure, AgentSignal } from '../agent/agent.ts';
import { kindOfStatus } from '../agent/agent-error-kind.ts';
import { doing } from '../agent/doing.ts';

/**
 * What the library tells by which Qwen Code asks its service: a line for each answer, on stdout or stderr, when `OPENAI_LOG`
 * says so. It tries four times for each request of Qwen's, which says nothing of them for minutes; a request counts when
 * the library has given it up.
 */
export function createHttpLogReader(): (line: string) => readonly AgentSignal[] {
  let failures = 0;
  return (line) => {
    const [, outcome = '', status, after = ''] = ANSWERED.exec(line) ?? [];
    if (outcome === '') return [];
    failures = outcome === 'succeeded' ? 0 : failures + 1;
    if (failures === 0) return [];
    const { text, kind, ...told } = failureOf(outcome, status);
    const retry: AgentSignal = doing({ kind: 'retry', attempt: failures, text, ...told });
    if (after === 'retrying') return [retry];
    return [retry, { of: 'model_request', isFruitful: false, refusal: { kind, text } }];
  };
}

const ANSWERED =
  /^\[log_\w+(?:, [^\]]*)?\] (?:connection |\w+ \S+ )(succeeded|failed|timed out)(?: with status (\d{3}) in \d+ms)?(?: - (retrying|error;))?/;

function failureOf(outcome: string, status: string | undefined): AgentFailure & { readonly status?: number } {
  if (status === undefined) return { kind: 'model', text: `The connection to the service ${outcome}` };
  const kind = kindOfStatus(Number(status)) ?? 'model';
  return { kind, text: `The service answers HTTP ${status}`, status: Number(status) };
}

/** The variable that makes it write, as whoever started the daemon wants it, else so. */
export const httpLogVariable = (environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  OPENAI_LOG: environment['OPENAI_LOG'] ?? 'info',
});
