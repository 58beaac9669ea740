import { describe, expect, it } from 'vitest';

import { createKeptAnswers } from '../../../../main/daemon/api/kept-answers.ts';

const page = (text: string) => ({ body: Buffer.from(text), tag: `"${text}"`, headers: {} });

function keptAt(cursor: { seq: number }) {
  const kept = createKeptAnswers(() => cursor.seq);
  return (question: string, text: string): string =>
    (kept.get(question) ?? kept.keep(question, page(text))).body.toString();
}

describe('answers that are kept while nothing is recorded', () => {
  it('HTTP-36: what is asked a second time is kept for the third', () => {
    const ask = keptAt({ seq: 1 });
    expect(['one', 'two', 'three', 'four'].map((text) => ask('/runs', text))).toEqual(['one', 'two', 'two', 'two']);
  });

  it('HTTP-36: an event ends it', () => {
    const cursor = { seq: 1 };
    const ask = keptAt(cursor);
    ask('/runs', 'old');
    ask('/runs', 'old');
    cursor.seq = 2;
    expect(ask('/runs', 'new')).toBe('new');
    expect(ask('/runs', 'newer')).toBe('newer');
  });

  it('HTTP-24: many questions, each asked once or often, make nothing grow', () => {
    const ask = keptAt({ seq: 1 });
    for (let index = 0; index < 200; index += 1) ask(`/runs?n=${index}`, 'once');
    for (let index = 0; index < 200; index += 1) for (const text of ['a', 'b']) ask(`/often?n=${index}`, text);
    expect(ask('/often?n=0', 'c')).toBe('c');
  });
});
