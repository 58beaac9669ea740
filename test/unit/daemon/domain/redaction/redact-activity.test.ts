import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../../contract/activity.ts';
import { redactText, startText } from '../../../../../main/daemon/compose/compose-redaction.ts';
import { preparePatterns } from '../../../../../main/daemon/domain/redaction/pattern-set.ts';
import { createActivityRedactor } from '../../../../../main/daemon/domain/redaction/redact-activity.ts';
import { createRedactor } from '../../../../../main/daemon/domain/redaction/redactor.ts';
import { formsOfSecrets } from '../../../../../main/daemon/domain/redaction/secret-forms.ts';

const SECRET = 'hunter2-é"quoted"';
const patterns = preparePatterns(formsOfSecrets([{ name: 'KEY', value: SECRET }]));

function redacted(activities: readonly Activity[]): readonly Activity[] {
  const redactor = createActivityRedactor({
    redact: (text) => redactText(text, createRedactor(patterns)),
    startText: () => startText(createRedactor(patterns)),
  });
  return [...activities.flatMap(redactor.push), ...redactor.flush()];
}

const spoken = (activities: readonly Activity[]): string =>
  activities.map((one) => (one.kind === 'message' ? one.text : `<${one.kind}>`)).join('');

describe('what an agent does, without secrets', () => {
  it('ACT-2: a secret that pieces of a message cut anywhere is found, and every other character stays', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(text, text, fc.array(fc.nat({ max: 60 }), { maxLength: 6 }), (before, after, cuts) => {
        const whole = `${before}${SECRET}${after}`;
        const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].toSorted((a, b) => a - b);
        const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
        const kept = pieces.filter((piece) => piece.isWellFormed());
        fc.pre(kept.length === pieces.length);
        const said = redacted(pieces.map((piece) => ({ kind: 'message', text: piece, isDelta: true })));
        expect(spoken(said)).toBe(redactText(whole, createRedactor(patterns)));
        expect(spoken(said)).not.toContain(SECRET);
      }),
    );
  });

  it('ACT-2: what was held back comes before what ends the text, and what it used comes in between', () => {
    const usage = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costUsd: null, basis: 'reported' } as const;
    const said = redacted([
      { kind: 'message', text: 'a hunter', isDelta: true },
      { kind: 'usage', usage },
      { kind: 'message', text: '2-', isDelta: true },
      { kind: 'tool_call', callId: 'c', status: 'running' },
      { kind: 'message', text: 'b', isDelta: true },
    ]);
    expect(spoken(said)).toBe('a <usage>hunter2-<tool_call>b');
  });

  it('ACT-2: no text of any kind is left as it was', () => {
    const all: readonly Activity[] = [
      { kind: 'session', session: SECRET, model: SECRET, mode: SECRET },
      { kind: 'message', text: SECRET, isDelta: false },
      { kind: 'thought', text: SECRET, isDelta: true },
      { kind: 'plan', entries: [{ content: SECRET, status: 'pending' }] },
      {
        kind: 'tool_call',
        callId: SECRET,
        status: 'running',
        name: SECRET,
        title: SECRET,
        input: SECRET,
        output: SECRET,
      },
      { kind: 'file_change', path: SECRET, change: 'add' },
      { kind: 'retry', attempt: 1, text: SECRET },
      { kind: 'notice', level: 'info', text: SECRET },
    ];
    expect(JSON.stringify(redacted(all))).not.toContain('hunter2');
  });

  it('a text that no reader would take is cut, after its secrets are out', () => {
    const [said] = redacted([{ kind: 'notice', level: 'info', text: `${'x'.repeat(999_995)}${SECRET}` }]);
    expect(said?.kind === 'notice' && said.text.length).toBe(1_000_000);
    expect(said?.kind === 'notice' && said.text.endsWith('\n[cut]')).toBe(true);
    expect(JSON.stringify(said)).not.toContain('hunter');
  });
});
