import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../../contract/activity.ts';
import {
  type AgentFacts,
  addSignal,
  noFacts,
} from '../../../../../main/daemon/adapters/executors/agent/agent-facts.ts';
import { judgeRun } from '../../../../../main/daemon/adapters/executors/agent/judge-run.ts';
import { dialogueLines } from '../../../../support/agent-dialogues.ts';
import { recordingsOf } from '../../../../support/agent-recordings.ts';
import type { StreamReader } from '../../../../support/judge-recording.ts';
import { READERS } from '../../../../support/stream-readers.ts';

interface Stream {
  readonly create: () => StreamReader;
  readonly lines: readonly string[];
  /** Whether a line may tell the end: without such lines nothing may complete. */
  readonly mayEnd: (line: string) => boolean;
}

const linesOf = (agent: string) => recordingsOf(agent).flatMap(({ lines }) => lines);

const STREAMS: Readonly<Record<string, Stream>> = {
  'CLAUDE-10: claude': {
    create: READERS.claude,
    lines: linesOf('claude'),
    mayEnd: (line) => line.includes('"result"'),
  },
  'QWEN-9: qwen': { create: READERS.qwen, lines: linesOf('qwen'), mayEnd: (line) => line.includes('"result"') },
  'GEMINI-10: gemini': {
    create: READERS.gemini,
    lines: linesOf('gemini'),
    mayEnd: (line) => line.includes('"result"'),
  },
  'OPENCODE-10: opencode': {
    create: READERS.opencode,
    lines: linesOf('opencode').slice(0, 400),
    mayEnd: (line) => line.includes('step_finish'),
  },
  'ACPX-10: acpx': {
    create: READERS['openclaw-acpx'],
    lines: ['acp-gemini', 'acp-qwen', 'acp-codex', 'acp-opencode'].flatMap(dialogueLines),
    mayEnd: (line) => line.includes('stopReason'),
  },
};

const judge = (rows: StreamReader['rows'], facts: AgentFacts) =>
  judgeRun({ rows, facts, exit: { exitCode: 0, signal: null }, trip: null, stoppedFor: null });

describe.each(Object.entries(STREAMS))('%s, when its stream is not as it should be', (_, { create, lines, mayEnd }) => {
  const line = fc.constantFrom(...lines);
  const cut = fc.tuple(line, fc.nat()).map(([one, at]) => one.slice(0, at % (one.length + 1)));
  const noisy = fc
    .tuple(line, fc.nat(), fc.nat({ max: 40 }), fc.string({ unit: 'binary' }))
    .map(([one, from, length, noise]) => {
      const at = from % (one.length + 1);
      return one.slice(0, at) + noise + one.slice(at + length);
    });
  const changed = fc.tuple(line, fc.nat(), fc.json()).map(([one, from, json]) => {
    const values = [...one.matchAll(/:("[^"]*"|\d+|\{\}|null|true)/g)];
    const value = values[from % Math.max(1, values.length)];
    return value === undefined
      ? one
      : `${one.slice(0, value.index)}:${json}${one.slice(value.index + value[0].length)}`;
  });
  const stream = fc.array(fc.oneof({ weight: 4, arbitrary: line }, cut, noisy, changed, fc.json(), fc.string()), {
    maxLength: 60,
  });

  it('never throws, tells what the contract knows, and keeps its facts small', () => {
    fc.assert(
      fc.property(stream, (told) => {
        const { readLine, rows } = create();
        let facts = noFacts;
        for (const signal of told.flatMap(readLine)) {
          facts = addSignal(facts, signal);
          if (signal.of === 'activity') expect(Activity.safeParse(signal.activity).error).toBeUndefined();
        }
        expect(() => judge(rows, facts)).not.toThrow();
        expect(facts.errors.length).toBeLessThanOrEqual(20);
        expect(facts.denials.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 200 },
    );
  });

  it('never completes without its last word', () => {
    fc.assert(
      fc.property(stream, (told) => {
        const { readLine, rows } = create();
        const facts = told
          .filter((one) => !mayEnd(one))
          .flatMap(readLine)
          .reduce(addSignal, noFacts);
        const { end, ifUnchanged } = judge(rows, facts);
        expect([end.kind, ifUnchanged?.end.kind]).not.toContain('completed');
      }),
      { numRuns: 100 },
    );
  });
});
