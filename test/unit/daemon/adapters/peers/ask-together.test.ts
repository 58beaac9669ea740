import { describe, expect, it } from 'vitest';

import { askTogether } from '../../../../../main/daemon/adapters/peers/ask-together.ts';

describe('HTTP-62: a look for all who ask before it begins', () => {
  it('answers each of them', async () => {
    const looks: (readonly number[])[] = [];
    const ask = askTogether(async (questions: readonly number[]) => {
      looks.push(questions);
      return questions.map((question) => question * 2);
    });
    expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
    expect(await ask(4)).toBe(8);
    expect(looks).toEqual([[1, 2, 3], [4]]);
  });

  it('who asks while it lasts gets an answer of the next one', async () => {
    const began = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    let looks = 0;
    const ask = askTogether(async (questions: readonly string[]) => {
      looks += 1;
      const look = looks;
      began.resolve();
      await mayEnd.promise;
      return questions.map((question) => `${question} in look ${look}`);
    });
    const first = ask('one');
    await began.promise;
    const later = Promise.all([ask('two'), ask('three')]);
    mayEnd.resolve();
    expect([await first, ...(await later)]).toEqual(['one in look 1', 'two in look 2', 'three in look 2']);
  });

  it('is followed by none for as long as it took', async () => {
    const looks: { readonly beganAtMs: number; readonly endedAtMs: number }[] = [];
    const ask = askTogether(async (questions: readonly number[]) => {
      const beganAtMs = performance.now();
      while (performance.now() < beganAtMs + 30) {
        // busy, as the kernel would be
      }
      looks.push({ beganAtMs, endedAtMs: performance.now() });
      return questions;
    });
    await ask(1);
    await ask(2);
    const [first, second] = looks;
    expect((second?.beganAtMs ?? 0) - (first?.endedAtMs ?? 0)).toBeGreaterThan(25);
  });

  it('that fails fails for those alone', async () => {
    let isBroken = true;
    const ask = askTogether(async (questions: readonly number[]) => {
      if (isBroken) throw new Error('broken');
      return questions;
    });
    const asked = await Promise.allSettled([ask(1), ask(2)]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await ask(3)).toBe(3);
  });
});
