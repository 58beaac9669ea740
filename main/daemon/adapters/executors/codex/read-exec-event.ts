import { assertNever } from '../../../../../contract/result.ts';
import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { parseLine } from '../agent/parse-line.ts';
import { classifyError, readableError } from './classify-error.ts';
import { ExecEvent, type ThreadUsage } from './exec-event.ts';
import { type ItemMoment, readExecItem } from './read-exec-item.ts';
import { readRetry } from './read-retry.ts';

export interface ExecReader {
  readonly worktreePath: string;
  /** What the thread had used before this turn; null: nobody knows. */
  readonly usedBefore: ThreadUsage | null;
  /** As the profile names it: the stream does not. */
  readonly model: string | null;
}

/** What a line tells, in its order. `waits`: how often Codex has said before that it waits for the network. */
export function readExecLine(reader: ExecReader, line: string, waits = 0): readonly AgentSignal[] {
  const event = parseLine(ExecEvent, line);
  if (event === null) return [];
  switch (event.type) {
    case 'thread.started':
      return [sessionOf(event.thread_id, reader.model)];
    case 'item.started':
    case 'item.updated':
    case 'item.completed':
      return readExecItem(event.item, momentOf(event.type), reader.worktreePath);
    case 'error':
      return readRetry({ message: event.message, number: waits + 1 }) ?? [errorOf(event.message)];
    case 'turn.completed':
      return [{ of: 'terminal', word: 'completed' }, ...usageOf(event.usage ?? null, reader.usedBefore)];
    case 'turn.failed':
      return [errorOf(event.error.message), { of: 'terminal', word: 'failed' }];
    default:
      return assertNever(event);
  }
}

const momentOf = (type: 'item.started' | 'item.updated' | 'item.completed'): ItemMoment =>
  type === 'item.completed' ? 'completed' : 'going_on';

const sessionOf = (session: string, model: string | null): AgentSignal =>
  doing({ kind: 'session', session, ...(model === null ? {} : { model }) });

const errorOf = (message: string): AgentSignal => ({
  of: 'error',
  kind: classifyError({ message }),
  text: readableError(message),
});

/** Without the total of before, the total of a thread that was gone on with says nothing about this attempt. */
function usageOf(total: ThreadUsage | null, before: ThreadUsage | null): readonly AgentSignal[] {
  if (total === null || before === null) return [];
  const less = (key: keyof ThreadUsage): number => Math.max(0, total[key] - before[key]);
  const usage: Usage = {
    inputTokens: less('input_tokens'),
    cachedInputTokens: less('cached_input_tokens'),
    outputTokens: less('output_tokens'),
    costUsd: null,
    basis: before.input_tokens === 0 ? 'reported' : 'corrected',
  };
  return [doing({ kind: 'usage', usage })];
}
