import { type ClientContext, type InitializeResponse, methods, PROTOCOL_VERSION } from '@agentclientprotocol/sdk';
import { PRODUCT_VERSION } from '../../../../../contract/product.ts';

export interface WantedSession {
  readonly worktreePath: string;
  /** To be gone on with; null: a new one. */
  readonly resumeSession: string | null;
  /** The session mode to set; null: the agent's own first one. */
  readonly mode: string | null;
}

/** Gives the agent's id of it. Nothing is offered to the agent but to be asked: files and terminals it has itself. */
export async function openSession(
  agent: ClientContext,
  { worktreePath: cwd, resumeSession, mode }: WantedSession,
): Promise<string> {
  const greeting = await agent.request<InitializeResponse>(methods.agent.initialize, {
    protocolVersion: PROTOCOL_VERSION,
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    clientInfo: { name: 'codencer', title: 'Codencer', version: PRODUCT_VERSION },
  });
  if (resumeSession !== null) await goOnWith(agent, greeting, { sessionId: resumeSession, cwd });
  const sessionId = resumeSession ?? (await newSession(agent, cwd));
  if (mode !== null) await agent.request(methods.agent.session.setMode, { sessionId, modeId: mode });
  return sessionId;
}

async function newSession(agent: ClientContext, cwd: string): Promise<string> {
  const { sessionId } = await agent.request(methods.agent.session.new, { cwd, mcpServers: [] });
  return sessionId;
}

async function goOnWith(
  agent: ClientContext,
  { agentCapabilities }: InitializeResponse,
  known: { readonly sessionId: string; readonly cwd: string },
): Promise<void> {
  const session = { ...known, mcpServers: [] };
  if (agentCapabilities?.sessionCapabilities?.resume != null) {
    await agent.request(methods.agent.session.resume, session);
  } else if (agentCapabilities?.loadSession === true) {
    await agent.request(methods.agent.session.load, session);
  } else {
    throw new Error('this agent cannot go on with an earlier session');
  }
}
