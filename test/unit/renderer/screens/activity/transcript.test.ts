import { describe, expect, it } from 'vitest';
import { type ClientActivity, clientActivity } from '../../../../../contract/client/client-activity.ts';
import type { JsonObject } from '../../../../../contract/client/json-value.ts';
import { readFields } from '../../../../../contract/client/read-fields.ts';
import { createTranscriptBook } from '../../../../../renderer/screens/activity/transcript.ts';
import { successOf } from '../../../../support/success-of.ts';

const told = (wire: JsonObject): ClientActivity => successOf(readFields({ at_ms: 1, ...wire }, clientActivity));
const piece = (kind: string, text: string): ClientActivity => told({ kind, text, is_delta: true });

function transcriptOf(...all: readonly ClientActivity[]) {
  const book = createTranscriptBook();
  book.add(all);
  return book.read();
}

describe('a transcript', () => {
  it('joins pieces until something else comes', () => {
    const call = told({ kind: 'tool_call', call_id: 'c', status: 'running' });
    const { entries } = transcriptOf(
      piece('message', 'Hel'),
      piece('message', 'lo'),
      call,
      piece('message', 'again'),
      piece('thought', 'hm'),
      told({ kind: 'message', text: 'whole', is_delta: false }),
      piece('message', 'not of it'),
    );
    expect(entries.map((entry) => ('text' in entry ? [entry.kind, entry.text] : entry.kind))).toEqual([
      ['message', 'Hello'],
      'call',
      ['message', 'again'],
      ['thought', 'hm'],
      ['message', 'whole'],
      ['message', 'not of it'],
    ]);
  });

  it('is not interrupted by what was used', () => {
    const { entries, usage } = transcriptOf(
      piece('message', 'a'),
      told({ kind: 'usage', usage: { input_tokens: 3 } }),
      piece('message', 'b'),
    );
    expect(entries).toMatchObject([{ text: 'ab' }]);
    expect(usage).toEqual({ input_tokens: 3 });
  });

  it('puts together what is told of a call, wherever it is told, and keeps what is absent', () => {
    const { entries } = transcriptOf(
      told({ kind: 'tool_call', call_id: 'c', status: 'pending', name: 'Bash', tool: 'execute', input: 'ls' }),
      piece('message', 'meanwhile'),
      told({ kind: 'tool_call', call_id: 'c', status: 'running', title: 'ls' }),
      told({ kind: 'tool_call', call_id: 'c', status: 'failed', output: 'no', exit_code: 2, at_ms: 9 }),
    );
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      kind: 'call',
      name: 'Bash',
      tool: 'execute',
      input: 'ls',
      title: 'ls',
      output: 'no',
      status: 'failed',
      exitCode: 2,
      atMs: 1,
      endedAtMs: 9,
    });
  });

  it('tells changes, retries and the plan once each as long as nothing comes between', () => {
    const { entries } = transcriptOf(
      told({ kind: 'file_change', path: 'a', change: 'add' }),
      told({ kind: 'file_change', path: 'b', change: 'update' }),
      told({ kind: 'retry', attempt: 1, max: 10, text: 'x' }),
      told({ kind: 'retry', attempt: 2, max: 10, text: 'y' }),
      told({ kind: 'plan', entries: [{ content: 'one', status: 'pending' }] }),
      told({ kind: 'plan', entries: [{ content: 'one', status: 'completed' }] }),
      told({ kind: 'notice', level: 'warning', text: 'careful' }),
      told({ kind: 'of a newer daemon' }),
      told({ kind: 'session', session: 's1', model: 'm' }),
    );
    expect(entries).toMatchObject([
      { kind: 'changes', files: [{ path: 'a' }, { path: 'b' }] },
      { kind: 'retry', attempt: 2, max: 10, text: 'y' },
      { kind: 'plan', steps: [{ status: 'completed' }] },
      { kind: 'note', level: 'warning', text: 'careful' },
      { kind: 'note', text: 'Session s1, model m' },
    ]);
  });

  it('gives entries that did not change as the same objects, under names that stay', () => {
    const book = createTranscriptBook();
    book.add([piece('message', 'a'), told({ kind: 'notice', level: 'info', text: 'n' })]);
    const before = book.read();
    expect(book.read()).toBe(before);
    book.add([piece('thought', 'b')]);
    const after = book.read();
    expect(after.entries[0]).toBe(before.entries[0]);
    expect(new Set(after.entries.map(({ id }) => id)).size).toBe(3);
  });

  it('keeps up with very many pieces', () => {
    const book = createTranscriptBook();
    const startedMs = performance.now();
    for (let turn = 0; turn < 1000; turn += 1) {
      book.add(Array.from({ length: 100 }, () => piece(turn % 7 === 0 ? 'thought' : 'message', 'word ')));
      book.read();
    }
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });
});
