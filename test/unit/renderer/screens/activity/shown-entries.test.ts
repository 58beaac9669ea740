import { describe, expect, it } from 'vitest';
import { callWords } from '../../../../../renderer/screens/activity/call-words.ts';
import { shownEntries } from '../../../../../renderer/screens/activity/shown-entries.ts';
import { retryText, usageText } from '../../../../../renderer/screens/activity/usage-text.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const note = (id: string, atMs: number) => ({ id, atMs, kind: 'note', level: 'info', text: id }) as const;

describe('what an agent asked', () => {
  it('stands between what it did before and after', () => {
    const gate = (id: string, createdAtMs: number) => ({ ...sampleClientGate(), id, createdAtMs });
    const entries = [note('a', 10), note('b', 20), note('c', 30)];
    const shown = shownEntries(entries, [gate('g3', 40), gate('g2', 15), gate('g1', 15), gate('g0', 5)]);
    expect(shown.map(({ id }) => id)).toEqual(['g0', 'a', 'g2', 'g1', 'b', 'c', 'g3']);
    expect(shownEntries(entries, [])).toBe(entries);
  });
});

describe('words of activity', () => {
  it('tell of a call without an end once the agent has ended', () => {
    expect(callWords({ status: 'running' }, true).label).toBe('Running');
    expect(callWords({ status: 'running' }, false).label).toBe('Not ended');
    expect(callWords({ status: 'denied' }, false).label).toBe('Not allowed');
    expect(callWords({ status: 'of a newer daemon' }, true).label).toBe('of a newer daemon');
  });

  it('tell what was used, and what nobody told', () => {
    expect(usageText({})).toBe('');
    expect(usageText({ input_tokens: 12_000, cached_input_tokens: 8000, output_tokens: 300, cost_usd: 0.314 })).toBe(
      '12,000 tokens in (8,000 cached), 300 out, $0.31',
    );
    expect(usageText({ input_tokens: 1, output_tokens: 2, basis: 'corrected' })).toBe(
      '1 tokens in, 2 out, cost not reported (corrected)',
    );
    expect(retryText({ attempt: 3, max: 10 })).toBe('Waiting for the model, retry 3 of 10');
    expect(retryText({ attempt: 3, max: null })).toBe('Waiting for the model, retry 3');
  });
});
