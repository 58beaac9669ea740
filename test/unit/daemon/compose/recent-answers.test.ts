import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { createRecentAnswers } from '../../../../main/daemon/compose/recent-answers.ts';

const SOON = { maxAgeMs: 1000 };
const ANEW = { maxAgeMs: 0 };

describe('createRecentAnswers', () => {
  it('answers again what was answered within the time (SRV-44)', async () => {
    let nowMs = 0;
    let asked = 0;
    const answer = createRecentAnswers(
      async (name: string) => ok(`${name}-${++asked}`),
      () => nowMs,
    );
    expect(await answer('main', ANEW)).toEqual(ok('main-1'));
    nowMs = 999;
    expect(await answer('main', SOON)).toEqual(ok('main-1'));
    expect(await answer('other', SOON)).toEqual(ok('other-2'));
    nowMs = 1000;
    expect(await answer('main', SOON)).toEqual(ok('main-3'));
  });

  it('keeps the answer that was asked for last, whichever came last (SRV-44)', async () => {
    let nowMs = 0;
    const waiting: PromiseWithResolvers<Result<string, never>>[] = [];
    const answer = createRecentAnswers(
      (_name: null) => {
        waiting.push(Promise.withResolvers());
        return waiting.at(-1)?.promise ?? Promise.reject(new Error('nobody waits'));
      },
      () => nowMs,
    );
    const first = answer(null, ANEW);
    nowMs = 1;
    const second = answer(null, ANEW);
    waiting[1]?.resolve(ok('new'));
    await second;
    waiting[0]?.resolve(ok('old'));
    expect(await first).toEqual(ok('old'));
    expect(await answer(null, SOON)).toEqual(ok('new'));
  });

  it('does not keep an error', async () => {
    const answers: Result<number, string>[] = [err('not there'), ok(1)];
    const answer = createRecentAnswers(
      async (_name: null) => answers.shift() ?? err('asked too often'),
      () => 0,
    );
    expect(await answer(null, SOON)).toEqual(err('not there'));
    expect(await answer(null, SOON)).toEqual(ok(1));
  });
});
