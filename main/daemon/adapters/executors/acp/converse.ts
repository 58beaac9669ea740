import {
  type ClientContext,
  client,
  type InitializeResponse,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type RequestPermissionRequest,
} from '@agentclientprotocol/sdk';
import { PRODUCT_VERSION } from '../../../../../contract/product.ts';
import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentListener, Conversation } from '../agent/agent.ts';
import type { AgentErrorKind } from '../agent/agent-error-kind.ts';
import { answerTo, permissionOf } from './ask-permission.ts';
import { errorKindOfText, errorText } from './error-kind.ts';
import { createMessageStream } from './message-stream.ts';
import { createUpdateReader } from './read-update.ts';
import { createUsageMeter } from './turn-usage.ts';

export interface Turn {
  readonly listener: AgentListener;
  readonly worktreePath: string;
  readonly prompt: string;
  readonly resumeSession: string | null;
  /** The session mode to set; null: the agent's own first one. */
  readonly mode: string | null;
}

/** One turn with an agent over the Agent Client Protocol, version 1. */
export function converse(turn: Turn): Conversation {
  const { listener, worktreePath } = turn;
  const messages = createMessageStream();
  const updates = createUpdateReader();
  const meter = createUsageMeter();
  let cancel: (() => void) | null = null;
  /** A session that is loaded tells its whole past first. */
  let isLive = false;

  const ask = async (request: RequestPermissionRequest, takenBack: AbortSignal) => {
    const callId = request.toolCall.toolCallId;
    for (const signal of updates.ask(request.toolCall)) listener.signal(signal);
    const answer = await listener.askPermission(permissionOf(request, worktreePath), takenBack);
    if (answer.answer === 'reject') {
      updates.reject(callId);
      listener.signal({ of: 'activity', activity: { kind: 'tool_call', callId, status: 'denied' } });
    }
    return answerTo(request, answer);
  };
  const app = client({ name: 'codencer' })
    .onRequest(methods.client.session.requestPermission, ({ params, signal }) => ask(params, signal))
    .onNotification(methods.client.session.update, ({ params }) => {
      if (isLive) for (const signal of updates.read(params.update)) listener.signal(signal);
    });
  const work = async (agent: ClientContext) => {
    const sessionId = await openSession(agent, turn);
    listener.signal({ of: 'activity', activity: { kind: 'session', session: sessionId, ...modeOf(turn) } });
    cancel = () => void agent.notify(methods.agent.session.cancel, { sessionId });
    isLive = true;
    meter.start();
    const text = turn.prompt;
    const { stopReason } = await agent.request(methods.agent.session.prompt, {
      sessionId,
      prompt: [{ type: 'text', text }],
    });
    for (const signal of updates.end()) listener.signal(signal);
    return stopReason;
  };
  const end = (word: string) => {
    const usage = meter.usage();
    if (usage !== null)
      listener.signal({ of: 'activity', activity: { kind: 'usage', usage: ofThisTurn(usage, turn) } });
    listener.signal({ of: 'terminal', word });
    listener.finish();
  };
  return {
    begin(input) {
      messages.begin(input);
      app.connectWith(messages.stream, work).then(end, (error: unknown) => {
        listener.signal({ of: 'error', kind: isLive ? errorKindOf(error) : loginOr(error), text: textOf(error) });
        end('error');
      });
    },
    onLine(line) {
      meter.take(line);
      messages.take(line);
    },
    interrupt: () => cancel?.(),
  };
}

/** A session that is gone on with has the cost of its past in it. */
const ofThisTurn = (usage: Usage, { resumeSession }: Turn): Usage =>
  resumeSession === null ? usage : { ...usage, costUsd: null };

const modeOf = ({ mode }: Turn) => (mode === null ? {} : { mode });

/** Nothing is offered to the agent but to be asked: files and terminals it has itself. */
async function openSession(agent: ClientContext, turn: Turn): Promise<string> {
  const greeting = await agent.request<InitializeResponse>(methods.agent.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    clientInfo: { name: 'codencer', title: 'Codencer', version: PRODUCT_VERSION },
  });
  const sessionId =
    turn.resumeSession === null ? await newSession(agent, turn) : await oldSession(agent, turn, greeting);
  if (turn.mode !== null) await agent.request(methods.agent.session.setMode, { sessionId, modeId: turn.mode });
  return sessionId;
}

async function newSession(agent: ClientContext, { worktreePath: cwd }: Turn): Promise<string> {
  const { sessionId } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [] });
  return sessionId;
}

async function oldSession(
  agent: ClientContext,
  turn: Turn,
  { agentCapabilities }: InitializeResponse,
): Promise<string> {
  const sessionId = turn.resumeSession ?? '';
  const session = { sessionId, cwd: turn.worktreePath, mcpServers: [] };
  if (agentCapabilities?.sessionCapabilities?.resume != null)
    await agent.request(methods.agent.session.resume, session);
  else if (agentCapabilities?.loadSession === true) await agent.request(methods.agent.session.load, session);
  else throw new Error('this agent cannot go on with an earlier session');
  return sessionId;
}

function errorKindOf(error: unknown): AgentErrorKind {
  if (!(error instanceof RequestError)) return 'other';
  return errorKindOfText(`${error.code} ${error.message} ${JSON.stringify(error.data) ?? ''}`);
}

/** Before the prompt no model was asked: what goes wrong then is a login or how the agent is set up. */
const loginOr = (error: unknown): AgentErrorKind => (errorKindOf(error) === 'auth' ? 'auth' : 'other');

function textOf(error: unknown): string {
  if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error);
  return errorText(error.message, error.data);
}
