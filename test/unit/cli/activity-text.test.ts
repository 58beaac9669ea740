import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../contract/activity.ts';
import { clientActivity } from '../../../contract/client/client-activity.ts';
import { parseJson } from '../../../contract/client/json-value.ts';
import { readFields } from '../../../contract/client/read-fields.ts';
import { encodeActivityLine } from '../../../contract/wire/activity.ts';
import { createActivityText } from '../../../main/cli/activity-text.ts';
import type { Screen } from '../../../main/cli/terminal.ts';
import { successOf } from '../../support/success-of.ts';

const PLAIN: Screen = { size: () => null, hasColor: false };
const COLOURED: Screen = { size: () => null, hasColor: true };

function told(activities: readonly Activity[], { screen = PLAIN, isLive = false } = {}): string {
  const text = createActivityText(screen, { isLive });
  const said = activities.map((activity) => {
    const json = successOf(parseJson(encodeActivityLine({ atMs: 1, activity })));
    return text.tell(successOf(readFields(json, clientActivity)));
  });
  return `${said.join('')}${text.end()}`;
}

const usage = { inputTokens: 900, cachedInputTokens: 100, outputTokens: 30, costUsd: 0.25, basis: 'reported' } as const;

describe('CLI-40: what an agent does, to be read', () => {
  const DAY: readonly Activity[] = [
    { kind: 'session', session: 's1', model: 'm' },
    { kind: 'thought', text: 'Let me ', isDelta: true },
    { kind: 'thought', text: 'look.', isDelta: true },
    { kind: 'message', text: 'I look', isDelta: true },
    { kind: 'message', text: ' around.\n', isDelta: true },
    { kind: 'tool_call', callId: 'c', status: 'pending', name: 'Bash', title: 'ls -la' },
    { kind: 'tool_call', callId: 'c', status: 'running' },
    { kind: 'tool_call', callId: 'c', status: 'completed', exitCode: 0 },
    {
      kind: 'plan',
      entries: [
        { content: 'one', status: 'completed' },
        { content: 'two', status: 'in_progress' },
        { content: 'three', status: 'pending' },
      ],
    },
    { kind: 'retry', attempt: 3, max: 10, text: 'overloaded' },
    { kind: 'file_change', path: 'a.txt', change: 'update' },
    { kind: 'notice', level: 'error', text: 'it broke' },
    { kind: 'usage', usage },
    { kind: 'message', text: 'Done', isDelta: false },
  ];

  it('is text, and a line for everything else', () => {
    expect(told(DAY)).toBe(`session s1, model m
thinks: Let me look.
I look around.
Bash completed, exit 0: ls -la
plan
  [x] one
  [>] two
  [ ] three
waiting for the model, retry 3 of 10: overloaded
changed a.txt
error: it broke
Done
used 900 tokens in (100 cached), 30 out, 0.25 USD (reported)
`);
  });

  it('tells who looks on of a tool as soon as it runs', () => {
    expect(told(DAY.slice(5, 8), { isLive: true })).toBe(
      'Bash wants: ls -la\nBash runs: ls -la\nBash completed, exit 0: ls -la\n',
    );
  });

  it.each([false, true])('tells of a tool that has not ended (who looks on: %s)', (isLive) => {
    expect(told(DAY.slice(5, 7), { isLive }).split('\n').slice(-2)).toEqual(['Bash has not ended: ls -la', '']);
  });

  it('dims what the agent thinks', () => {
    expect(told(DAY.slice(1, 3), { screen: COLOURED })).toBe('\x1b[2mthinks: Let me \x1b[0m\x1b[2mlook.\x1b[0m\n');
  });

  it('lets no agent steer the terminal', () => {
    const hostile = '\x1b[2Jclear\x07';
    const shown = told([
      { kind: 'message', text: hostile, isDelta: true },
      { kind: 'tool_call', callId: 'c', status: 'failed', name: hostile, title: `${hostile}\nfake line` },
      { kind: 'plan', entries: [{ content: hostile, status: 'pending' }] },
    ]);
    expect(shown).not.toContain('\x1b');
    expect(shown.split('\n')).toHaveLength(5);
  });
});
