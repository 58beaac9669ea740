import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../../../contract/activity.ts';
import { boundSignal } from '../../../../../../main/daemon/adapters/executors/agent/bound-signal.ts';

const huge = 'x'.repeat(15_000_000);
const sizeOf = (value: unknown) => JSON.stringify(value).length;

describe('AGENT-18: how large a signal may be', () => {
  it('leaves what is small as it is', () => {
    const activity: Activity = { kind: 'tool_call', callId: 'c', status: 'running', title: 'ls', input: '{}' };
    expect(boundSignal({ of: 'activity', activity })).toEqual({ of: 'activity', activity });
    expect(boundSignal({ of: 'answer', text: 'Done' })).toEqual({ of: 'answer', text: 'Done' });
  });

  it.each([
    ['answer', 100_100],
    ['question', 10_100],
    ['denial', 10_100],
  ] as const)('cuts what is told as %s', (of, most) => {
    expect(sizeOf(boundSignal({ of, text: huge }))).toBeLessThan(most);
  });

  it('knows a long id by its digest, the same every time', () => {
    const call = (callId: string): Activity => ({ kind: 'tool_call', callId, status: 'running' });
    const idOf = (callId: string) => boundSignal({ of: 'activity', activity: call(callId) });
    expect(idOf(huge)).toEqual(idOf(huge));
    expect(idOf(huge)).not.toEqual(idOf(`${huge}1`));
    expect(sizeOf(idOf(huge))).toBeLessThan(200);
  });

  it('cuts everything of a call, a plan and a message', () => {
    const call: Activity = {
      kind: 'tool_call',
      callId: 'c',
      status: 'failed',
      name: huge,
      title: huge,
      input: huge,
      output: huge,
    };
    const plan: Activity = {
      kind: 'plan',
      entries: Array.from({ length: 5000 }, () => ({ content: 'x', status: 'pending' })),
    };
    for (const activity of [call, plan, { kind: 'message', text: huge, isDelta: true } as const]) {
      expect(sizeOf(boundSignal({ of: 'activity', activity }))).toBeLessThan(2_300_000);
    }
  });

  it('cuts at a blank, so that no half of a word stays', () => {
    const text = `${'word '.repeat(2100)}`;
    expect(boundSignal({ of: 'question', text })).toEqual({
      of: 'question',
      text: `${'word '.repeat(2000).trimEnd()}\n[cut]`,
    });
  });
});
