import type { SessionUpdate } from '@agentclientprotocol/sdk';
import { describe, expect, it } from 'vitest';
import { createUpdateReader } from '../../../../../../main/daemon/adapters/executors/acp/read-update.ts';

const CODEX: SessionUpdate = {
  sessionUpdate: 'session_info_update',
  _meta: { codex: { threadStatus: { type: 'active', activeFlags: [] } } },
};
const USED: SessionUpdate = { sessionUpdate: 'usage_update', used: 1234, size: 258_400 };
const SAID: SessionUpdate = {
  sessionUpdate: 'agent_message_chunk',
  content: { type: 'text', text: 'There is no such tool.' },
};
const CALLED: SessionUpdate = { sessionUpdate: 'tool_call', toolCallId: 'c1', title: 'ls' };

function doubtsOf(updates: readonly SessionUpdate[], isAsked = false) {
  const reader = createUpdateReader();
  if (isAsked) reader.ask({ toolCallId: 'c1' });
  for (const update of updates) reader.read(update);
  return reader.end().flatMap((signal) => (signal.of === 'doubt' ? [signal.text] : []));
}

describe('ACP-13: codex-acp, which shows no call that no tool understands', () => {
  it('leaves a doubt when it tells only what an answer of the model used', () => {
    expect(doubtsOf([CODEX, USED, SAID, USED])).toEqual([
      'the agent tells nothing of an answer of its model but what it used: a call that no tool understands looks like that',
    ]);
  });

  it.each<[string, readonly SessionUpdate[]]>([
    ['it answers at once', [CODEX, SAID, USED]],
    ['it thinks and plans', [CODEX, { sessionUpdate: 'plan', entries: [] }, USED, SAID, USED]],
    ['it shows a call, and looks at what that does', [CODEX, CALLED, USED, USED, SAID, USED]],
    ['it is another agent, which tells what it used at any time', [USED, SAID, USED]],
  ])('leaves none when %s', (_, updates) => {
    expect(doubtsOf(updates)).toEqual([]);
  });

  it('leaves none when it asks for a call', () => {
    expect(doubtsOf([CODEX, USED, USED, SAID, USED], true)).toEqual([]);
  });
});
