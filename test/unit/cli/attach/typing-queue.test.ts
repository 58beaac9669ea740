import { describe, expect, it } from 'vitest';
import type { ClientFailure } from '../../../../contract/client/client-failure.ts';
import type { TextReply } from '../../../../contract/client/send-request.ts';
import { ok, type Result } from '../../../../contract/result.ts';
import { createTypingQueue } from '../../../../main/cli/attach/typing-queue.ts';
import { waitUntil } from '../../../support/wait-until.ts';

describe('TERM-10: what is typed', () => {
  it('goes one request after the other, in its order, and what is too much for one in several', async () => {
    const sent: string[] = [];
    const answers: ((reply: Result<TextReply, ClientFailure>) => void)[] = [];
    const failures: ClientFailure[] = [];
    const type = createTypingQueue(
      (bytes) => {
        sent.push(Buffer.from(bytes).toString());
        return new Promise((resolve) => answers.push(resolve));
      },
      (failure) => failures.push(failure),
    );
    for (const key of 'abc') type(Buffer.from(key));
    expect(sent).toEqual(['a']);
    answers[0]?.({ ok: false, error: { kind: 'aborted' } });
    await waitUntil(() => sent.length === 2);
    expect([sent[1], failures]).toEqual(['bc', [{ kind: 'aborted' }]]);
    type(Buffer.alloc(40_000, 'x'));
    answers[1]?.(ok({ status: 200, text: '', nextPage: null, totalCount: null }));
    await waitUntil(() => sent.length === 3);
    answers[2]?.(ok({ status: 200, text: '', nextPage: null, totalCount: null }));
    await waitUntil(() => sent.length === 4);
    expect(sent.slice(2).map((text) => text.length)).toEqual([32_768, 7232]);
  });
});
