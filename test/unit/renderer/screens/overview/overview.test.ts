import { describe, expect, test } from 'vitest';
import type { ClientRunningAttempt } from '../../../../../contract/client/client-overview.ts';
import type { ClientStep } from '../../../../../contract/client/client-step.ts';
import { brokenSince, markAfter } from '../../../../../renderer/screens/overview/broken-steps.ts';
import { needsYou } from '../../../../../renderer/screens/overview/needs-you.ts';
import { noteLines, slowAttempts } from '../../../../../renderer/screens/overview/slow-attempts.ts';
import { readMark } from '../../../../../renderer/screens/overview/use-seen-mark.ts';
import { sampleClientGate } from '../../../../support/sample-client-gate.ts';

const step = (id: string, updatedAtMs: number): ClientStep => ({
  id,
  runId: 'r',
  phaseId: 'p',
  title: id,
  goal: '',
  state: 'failed_terminal',
  statusReason: '',
  executor: 'codex',
  createdAtMs: 0,
  updatedAtMs,
});

const attempt = (fields: Partial<ClientRunningAttempt>): ClientRunningAttempt => ({
  stepId: 's',
  runId: 'r',
  attemptId: 's-a1',
  attemptNumber: 1,
  title: 's',
  state: 'running',
  attemptState: 'running',
  executor: 'codex',
  startedAtMs: 0,
  createdAtMs: 0,
  lastLine: 'a',
  ...fields,
});

const MINUTE = 60_000;

test('what needs you is told oldest first, gates and steps alike', () => {
  const gates = [sampleClientGate({ id: 'g2', createdAtMs: 30 }), sampleClientGate({ id: 'g1', createdAtMs: 10 })];
  expect(needsYou(gates, [step('s1', 20)]).map(({ id }) => id)).toEqual(['g1', 's1', 'g2']);
});

describe('what broke since somebody looked', () => {
  test('is what ended after the mark, newest first', () => {
    expect(brokenSince([step('a', 10), step('b', 30), step('c', 20)], 10).map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('a mark leaves none of it, and does not go back', () => {
    const steps = [step('a', 10), step('b', 30)];
    expect(brokenSince(steps, markAfter(steps, 5))).toEqual([]);
    expect(markAfter([], 7)).toBe(7);
  });

  test('what is no mark counts as none', () => {
    expect([readMark('12'), readMark(null), readMark(''), readMark('x1'), readMark('1e99')]).toEqual([
      12,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('what may be stuck', () => {
  test('is what has said nothing new for ten minutes', () => {
    const first = noteLines(new Map(), [attempt({})], 0);
    const same = noteLines(first, [attempt({})], 9 * MINUTE);
    expect(slowAttempts([attempt({})], same, 9 * MINUTE)).toEqual([]);
    expect(slowAttempts([attempt({})], same, 10 * MINUTE)).toMatchObject([{ kind: 'quiet', forMs: 10 * MINUTE }]);
    const spoke = noteLines(same, [attempt({ lastLine: 'b' })], 10 * MINUTE);
    expect(slowAttempts([attempt({ lastLine: 'b' })], spoke, 11 * MINUTE)).toEqual([]);
  });

  test('and what has run for an hour; not what waits for a person', () => {
    const quick = noteLines(new Map(), [attempt({})], 60 * MINUTE);
    expect(slowAttempts([attempt({})], quick, 60 * MINUTE)).toMatchObject([{ kind: 'long' }]);
    expect(slowAttempts([attempt({ state: 'needs_approval' })], quick, 600 * MINUTE)).toEqual([]);
  });

  test('what runs no more is forgotten', () => {
    expect(noteLines(noteLines(new Map(), [attempt({})], 0), [], 1).size).toBe(0);
  });
});
