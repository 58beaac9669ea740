import { type ClientContext, client, methods, type RequestPermissionRequest } from '@agentclientprotocol/sdk';
import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentListener, AgentSignal, Conversation } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { createHttpLogReader } from '../qwen/read-http-log.ts';
import { answerTo, permissionOf } from './ask-permission.ts';
import { createMessageStream } from './message-stream.ts';
import { openSession, type WantedSession } from './open-session.ts';
import { sessionThatAsks } from './read-request-log.ts';
import { createUpdateReader, type UpdateReader } from './read-update.ts';
import { describeTalkError } from './talk-error.ts';
import { createUsageMeter } from './turn-usage.ts';

export interface Turn extends WantedSession {
  readonly listener: AgentListener;
  readonly prompt: string;
}

/** One turn with an agent over the Agent Client Protocol, version 1. */
export function converse(turn: Turn): Conversation {
  const { listener } = turn;
  const messages = createMessageStream();
  const updates = createUpdateReader();
  const meter = createUsageMeter();
  const readHttpLog = createHttpLogReader();
  let cancel: (() => void) | null = null;
  /** A session that is loaded tells its whole past first. */
  let isLive = false;
  let session: string | null = null;

  const tell = (signals: readonly AgentSignal[]) => {
    for (const signal of signals) listener.signal(signal);
  };
  const app = client({ name: 'codencer' })
    .onRequest(methods.client.session.requestPermission, ({ params, signal }) => ask({ turn, updates }, params, signal))
    .onNotification(methods.client.session.update, ({ params }) => {
      if (isLive) tell(updates.read(params.update));
    });
  const work = async (agent: ClientContext): Promise<string> => {
    const sessionId = await openSession(agent, turn);
    session = sessionId;
    tell([sessionSignal(sessionId, turn)]);
    cancel = () => void agent.notify(methods.agent.session.cancel, { sessionId });
    isLive = true;
    meter.start();
    const { stopReason } = await agent.request(methods.agent.session.prompt, {
      sessionId,
      prompt: [{ type: 'text', text: turn.prompt }],
    });
    tell(updates.end());
    return stopReason;
  };
  const end = (word: string) => {
    tell([...usageSignals(meter.usage(), turn), { of: 'terminal', word }]);
    listener.finish();
  };
  return {
    begin(input) {
      messages.begin(input);
      app.connectWith(messages.stream, work).then(end, (error: unknown) => {
        tell([{ of: 'error', ...describeTalkError(error, { wasAsked: isLive }) }]);
        end('error');
      });
    },
    onLine(line) {
      meter.take(line);
      messages.take(line);
    },
    onErrorLine(line) {
      if (session !== null && sessionThatAsks(line) === session) tell(updates.request());
      tell(readHttpLog(line));
    },
    interrupt: () => cancel?.(),
  };
}

interface Asked {
  readonly turn: Turn;
  readonly updates: UpdateReader;
}

/** Some agents tell of a call that they ask for in no other way, and of one that was not allowed in none at all. */
async function ask({ turn, updates }: Asked, request: RequestPermissionRequest, takenBack: AbortSignal) {
  const { listener, worktreePath } = turn;
  const callId = request.toolCall.toolCallId;
  for (const signal of updates.ask(request.toolCall)) listener.signal(signal);
  const answer = await listener.askPermission(permissionOf(request, worktreePath), takenBack);
  if (answer.answer === 'reject') {
    updates.reject(callId);
    listener.signal(doing({ kind: 'tool_call', callId, status: 'denied' }));
  }
  return answerTo(request, answer);
}

const sessionSignal = (session: string, { mode }: Turn): AgentSignal =>
  doing({ kind: 'session', session, ...(mode === null ? {} : { mode }) });

/** A session that is gone on with has the cost of its past in it. */
function usageSignals(told: Usage | null, { resumeSession }: Turn): readonly AgentSignal[] {
  if (told === null) return [];
  const usage = resumeSession === null ? told : { ...told, costUsd: null };
  return [doing({ kind: 'usage', usage })];
}
