import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../../contract/activity.ts';
import { createOpenCalls } from '../../../../main/daemon/domain/open-calls.ts';

const call = (told: Partial<ToolCall>): ToolCall => ({ kind: 'tool_call', callId: 'c', status: 'running', ...told });

describe('calls that are told of piece by piece', () => {
  it('are whole when they end: what is absent stays as it was', () => {
    const calls = createOpenCalls(10);
    expect(calls.tell(call({ status: 'pending', name: 'Bash', title: 'ls', input: '{}' }))).toBeNull();
    expect(calls.tell(call({ title: 'ls -la' }))).toBeNull();
    expect(calls.tell(call({ status: 'failed', output: '', exitCode: 0 }))).toEqual(
      call({ status: 'failed', name: 'Bash', title: 'ls -la', input: '{}', output: '', exitCode: 0 }),
    );
    expect(calls.unended()).toEqual([]);
  });

  it('are known although they never end, the last one that was told of at the end', () => {
    const calls = createOpenCalls(10);
    for (const callId of ['a', 'b', 'a']) calls.tell(call({ callId }));
    expect(calls.unended().map(({ callId }) => callId)).toEqual(['b', 'a']);
  });

  it('are held up to a number', () => {
    const calls = createOpenCalls(1);
    calls.tell(call({ callId: 'a', name: 'Read' }));
    calls.tell(call({ callId: 'b', name: 'Bash' }));
    expect(calls.tell(call({ callId: 'a', status: 'completed' }))?.name).toBe('Read');
    expect(calls.tell(call({ callId: 'b', status: 'completed' }))?.name).toBeUndefined();
  });
});
