import { RequestError } from '@agentclientprotocol/sdk';
import type { AgentErrorKind } from '../agent/agent-error-kind.ts';
import { errorKindOfText, errorText } from './error-kind.ts';

export interface TalkError {
  readonly kind: AgentErrorKind;
  readonly text: string;
}

/** What broke off a talk. Before its prompt no model was asked: what goes wrong then is a login, or how the agent is set up. */
export function describeTalkError(error: unknown, { wasAsked }: { readonly wasAsked: boolean }): TalkError {
  if (!(error instanceof RequestError)) {
    return { kind: 'other', text: error instanceof Error ? error.message : String(error) };
  }
  const { code, message, data } = error;
  const kind = errorKindOfText(`${code} ${message} ${JSON.stringify(data) ?? ''}`);
  return { kind: wasAsked || kind === 'auth' ? kind : 'other', text: errorText(message, data) };
}
