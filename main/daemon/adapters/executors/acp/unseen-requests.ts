import type { SessionUpdate } from '@agentclientprotocol/sdk';

/** Looks for requests of codex-acp of which it shows nothing but what they used. */
export interface UnseenRequests {
  readonly take: (update: SessionUpdate) => void;
  /** It asks for a call, which shows it. */
  readonly ask: () => void;
  /** What a turn leaves open in which it shows no call at all; null: nothing. */
  readonly doubt: () => string | null;
}

/**
 * codex-acp 2.6 tells after each answer of its model what that used. Of a call that no tool understands it tells nothing
 * else. Where it shows calls, an answer without one may have been a look at a command that runs already.
 */
export function createUnseenRequests(): UnseenRequests {
  let isCodex = false;
  let hasShown = false;
  let hasCalls = false;
  let isUnseen = false;
  return {
    take(update) {
      if (tellsOfCodex(update)) isCodex = true;
      if (isCall(update)) hasCalls = true;
      if (update.sessionUpdate !== 'usage_update') hasShown ||= shows(update);
      else {
        isUnseen ||= !hasShown;
        hasShown = false;
      }
    },
    ask() {
      hasShown = true;
      hasCalls = true;
    },
    doubt: () => (isCodex && isUnseen && !hasCalls ? UNSEEN : null),
  };
}

const UNSEEN =
  'the agent tells nothing of an answer of its model but what it used: a call that no tool understands looks like that';

const tellsOfCodex = (update: SessionUpdate): boolean =>
  update.sessionUpdate === 'session_info_update' && update._meta != null && 'codex' in update._meta;

const isCall = ({ sessionUpdate }: SessionUpdate): boolean =>
  sessionUpdate === 'tool_call' || sessionUpdate === 'tool_call_update';

const shows = (update: SessionUpdate): boolean =>
  isCall(update) || ['agent_message_chunk', 'agent_thought_chunk', 'plan'].includes(update.sessionUpdate);
