import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../contract/activity.ts';
import { decodeActivityLine, encodeActivityLine } from '../../../../contract/wire/activity.ts';

const usage = { inputTokens: 5, cachedInputTokens: 1, outputTokens: 2, costUsd: null, basis: 'reported' } as const;
const ONE_OF_EACH: readonly Activity[] = [
  { kind: 'session', session: 's', model: 'm', mode: 'default' },
  { kind: 'message', text: 'a\nb', isDelta: true },
  { kind: 'thought', text: 't', isDelta: false },
  { kind: 'plan', entries: [{ content: 'c', status: 'in_progress' }] },
  {
    kind: 'tool_call',
    callId: 'c',
    status: 'failed',
    tool: 'execute',
    name: 'Bash',
    title: 'ls',
    input: '{}',
    exitCode: 2,
  },
  { kind: 'file_change', path: 'a', change: 'add' },
  { kind: 'usage', usage },
  { kind: 'retry', attempt: 3, max: 10, delayMs: 1.5, status: 503, text: 'overloaded' },
  { kind: 'notice', level: 'error', text: 'n' },
];

describe('a line of activity', () => {
  it.each(ONE_OF_EACH)('of kind $kind comes back as it was', (activity) => {
    const line = encodeActivityLine({ atMs: 7, activity });
    expect(line).not.toContain('\n');
    expect(line).not.toMatch(/"[a-z]+[A-Z]\w*":/);
    expect(decodeActivityLine(line)).toEqual({ ok: true, value: { atMs: 7, activity } });
  });

  it('is pinned', () => {
    const call: Activity = { kind: 'tool_call', callId: 'c', status: 'running', title: 'ls' };
    expect(encodeActivityLine({ atMs: 7, activity: call })).toBe(
      '{"at_ms":7,"kind":"tool_call","call_id":"c","status":"running","title":"ls"}',
    );
    expect(encodeActivityLine({ atMs: 7, activity: { kind: 'message', text: 'x', isDelta: true } })).toBe(
      '{"at_ms":7,"kind":"message","text":"x","is_delta":true}',
    );
  });

  it('of a newer daemon or cut in two is told apart, and no exception', () => {
    expect(decodeActivityLine('{"at_ms":1,"kind":"dance"}').ok).toBe(false);
    expect(decodeActivityLine('{"at_ms":1,"ki').ok).toBe(false);
  });
});
