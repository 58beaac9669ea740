import { z } from 'zod';
import type { AgentListener, AgentSignal } from '../agent/agent.ts';
import { parseLine } from '../agent/parse-line.ts';
import { type Change, Notification } from './app-server-message.ts';
import type { RequestId } from './json-rpc.ts';
import { addUsage, readNotification } from './read-notification.ts';

export interface Turn {
  readonly enter: (threadId: string) => void;
  readonly begin: (turnId: string) => void;
  /** Null as long as there is none. */
  readonly ids: () => { readonly threadId: string; readonly turnId: string } | null;
  readonly isOver: () => boolean;
  readonly hear: (line: string) => void;
  readonly changesOf: (itemId: string) => readonly Change[];
  /** Aborted when Codex does not wait for the answer any more. */
  readonly openQuestion: (id: RequestId) => AbortController;
}

/** What is known of the turn, as its notifications come in. */
export function createTurn(listener: AgentListener, worktreePath: string): Turn {
  let threadId: string | null = null;
  let turnId: string | null = null;
  let used = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
  let retries = 0;
  let isOver = false;
  const toldInPieces = new Set<string>();
  const changes = new Map<string, readonly Change[]>();
  const questions = new Map<RequestId, AbortController>();

  const note = ({ method, params }: Notification) => {
    if (method === 'item/agentMessage/delta' || method === 'item/reasoning/summaryTextDelta')
      toldInPieces.add(params.itemId);
    if (method === 'item/started' && params.item.type === 'fileChange')
      changes.set(params.item.id, params.item.changes);
    if (method === 'serverRequest/resolved') questions.get(params.requestId)?.abort();
    if (method === 'thread/tokenUsage/updated' && params.turnId === turnId)
      used = addUsage(used, params.tokenUsage.last);
  };
  const isRetry = (signal: AgentSignal) => signal.of === 'activity' && signal.activity.kind === 'retry';
  return {
    enter: (id) => {
      threadId = id;
    },
    begin: (id) => {
      turnId = id;
    },
    ids: () => (threadId === null || turnId === null ? null : { threadId, turnId }),
    isOver: () => isOver,
    hear(line) {
      const notification = parseLine(Notification, line);
      if (notification === null || isOfAnother(line, threadId)) return;
      const signals = readNotification({ worktreePath, toldInPieces, turnId, used, retries }, notification);
      note(notification);
      retries += signals.filter(isRetry).length;
      signals.forEach(listener.signal);
      if (notification.method !== 'turn/completed') return;
      isOver = true;
      listener.finish();
    },
    changesOf: (itemId) => changes.get(itemId) ?? [],
    openQuestion(id) {
      const question = new AbortController();
      questions.set(id, question);
      return question;
    },
  };
}

const Place = z.object({ params: z.object({ threadId: z.string() }) });

/** Agents that the agent starts are threads of their own: what they say and how they end is not ours. */
function isOfAnother(line: string, threadId: string | null): boolean {
  const place = parseLine(Place, line)?.params.threadId;
  return place !== undefined && threadId !== null && place !== threadId;
}
