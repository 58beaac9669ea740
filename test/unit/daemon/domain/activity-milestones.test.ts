import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../contract/activity.ts';
import { createMilestoneFinder } from '../../../../main/daemon/domain/activity-milestones.ts';

function milestonesOf(activities: readonly Activity[]) {
  const finder = createMilestoneFinder();
  return activities.flatMap((activity) => finder.find(activity) ?? []);
}

describe('the milestones of an agent', () => {
  it('ACT-3: are its session, once', () => {
    const session: Activity = { kind: 'session', session: 'abc', model: 'm' };
    expect(milestonesOf([session, session])).toEqual([
      { kind: 'session', payload: { session: 'abc', model: 'm' }, session: 'abc' },
    ]);
  });

  it('ACT-3: are the beginning and the end of a tool call, with what was told before', () => {
    const call = { kind: 'tool_call', callId: 'c' } as const;
    expect(
      milestonesOf([
        { ...call, status: 'pending', tool: 'execute', name: 'Bash', title: `ls\n${'x'.repeat(300)}` },
        { ...call, status: 'running', output: 'half' },
        { ...call, status: 'failed', exitCode: 2 },
        { ...call, status: 'failed', output: 'again' },
      ]),
    ).toEqual([
      {
        kind: 'tool_begun',
        payload: { call_id: 'c', tool: 'execute', name: 'Bash', title: title(), status: 'pending' },
      },
      {
        kind: 'tool_ended',
        payload: { call_id: 'c', tool: 'execute', name: 'Bash', title: title(), status: 'failed', exit_code: 2 },
      },
    ]);
  });

  const title = () => `ls ${'x'.repeat(196)}…`;

  it('ACT-3: are another plan, a retry and an error, and never what is said', () => {
    const plan: Activity = {
      kind: 'plan',
      entries: [
        { content: 'one', status: 'completed' },
        { content: 'two', status: 'in_progress' },
      ],
    };
    const found = milestonesOf([
      plan,
      plan,
      { kind: 'message', text: 'words', isDelta: true },
      { kind: 'thought', text: 'words', isDelta: false },
      { kind: 'retry', attempt: 3, max: 10, text: 'overloaded' },
      { kind: 'notice', level: 'warning', text: 'words' },
      { kind: 'notice', level: 'error', text: 'broken' },
    ]);
    expect(found).toEqual([
      { kind: 'plan', payload: { entries: 2, completed: 1, current: 'two' } },
      { kind: 'retry', payload: { attempt: 3, max: 10, delay_ms: null, status: null, text: 'overloaded' } },
      { kind: 'notice', payload: { level: 'error', text: 'broken' } },
    ]);
  });
});
