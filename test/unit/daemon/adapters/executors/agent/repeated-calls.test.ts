import { describe, expect, it } from 'vitest';
import { createRepetition } from '../../../../../../main/daemon/adapters/executors/agent/repeated-calls.ts';

const started = (callId: string, input: string) =>
  ({ kind: 'tool_call', callId, status: 'running', name: 'Bash', input }) as const;
const ended = (callId: string, output = '') => ({ kind: 'tool_call', callId, status: 'completed', output }) as const;

describe('AGENT-6: calls that are the same', () => {
  it('count when input and result are', () => {
    const count = createRepetition();
    for (const id of ['a', 'b', 'c']) {
      count(started(id, 'true'));
      count(ended(id));
    }
    expect(count(started('d', 'true'))).toBe(3);
    expect(count(ended('d', 'something new'))).toBe(1);
    count(started('e', 'false'));
    expect(count(ended('e', 'something new'))).toBe(1);
  });

  it('count once, however often their end is told, and when they are told only then', () => {
    const count = createRepetition();
    const whole = (callId: string) => ({ ...ended(callId), name: 'bash', input: 'true' });
    expect([whole('a'), whole('a'), whole('b'), whole('b')].map(count)).toEqual([1, 1, 2, 2]);
  });

  it('are the same in another process, and not at another count', () => {
    const count = createRepetition();
    const told = ['PGID: 17484', 'PGID: 17490', '12%', '13%'].map((output, at) => ended(`${at}`, output));
    expect(told.map(count)).toEqual([1, 2, 1, 1]);
  });

  it('are told apart while they run side by side, and never take more memory than that', () => {
    const count = createRepetition();
    for (let at = 0; at < 1000; at += 1) count(started(`open-${at}`, 'x'.repeat(10)));
    count(started('late', 'true'));
    expect(count(ended('open-1'))).toBe(1);
    expect(count(ended('open-2'))).toBe(2);
    expect(count(ended('late'))).toBe(1);
  });
});
