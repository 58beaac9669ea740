import type { ToolCall } from '../../../../../contract/activity.ts';
import type { AgentFacts } from './agent-facts.ts';
import { createRepetition } from './repeated-calls.ts';

/** So many calls are told apart; beyond that they are not counted any more. */
const MAX_CALLS = 100_000;

/** What is known of the calls of a run, with one more telling of one. */
export function createCallCount(): (call: ToolCall) => Pick<AgentFacts, 'toolCalls' | 'sameCalls'> {
  const callIds = new Set<string>();
  const countSame = createRepetition();
  return (call) => {
    if (callIds.size < MAX_CALLS) callIds.add(call.callId);
    return { toolCalls: callIds.size, sameCalls: countSame(call) };
  };
}
