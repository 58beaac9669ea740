import { describe, expect, it } from 'vitest';
import type { ClientAttempt } from '../../../../../contract/client/client-attempt.ts';
import type { ClientGate } from '../../../../../contract/client/client-gate.ts';
import type { ClientStep } from '../../../../../contract/client/client-step.ts';
import { areAllEnded, buildTree, type RunParts } from '../../../../../renderer/screens/run/run-tree.ts';
import { spanOf, stretchesOf } from '../../../../../renderer/screens/run/timeline.ts';

const step = (id: string, state: string, phaseId = 'p1') => ({ id, state, phaseId }) as ClientStep;
const attempt = (id: string, stepId: string, times: readonly [number | null, number | null] = [0, 1]) =>
  ({ id, stepId, state: 'completed', startedAtMs: times[0], endedAtMs: times[1] }) as ClientAttempt;
const phase = (id: string, order: number) => ({ id, name: id, order });

const parts = (fields: Partial<RunParts>): RunParts => ({ phases: [], steps: [], attempts: [], gates: [], ...fields });
const told = (rows: ReturnType<typeof buildTree>) => rows.map(({ kind, id, level }) => `${level} ${kind} ${id}`);

describe('the tree of a run', () => {
  const steps = [step('s1', 'completed'), step('s2', 'failed_validation'), step('s3', 'needs_approval')];
  const attempts = [attempt('s1-a1', 's1'), attempt('s2-a1', 's2'), attempt('s2-a2', 's2')];

  it('has the steps in their order, and the attempts of what is open', () => {
    const rows = buildTree(parts({ steps, attempts }), { filter: 'all', open: new Set(['s2']) });
    expect(told(rows)).toEqual(['1 step s1', '1 step s2', '2 attempt s2-a1', '2 attempt s2-a2', '1 step s3']);
  });

  it.each([
    ['needs-you', ['s3']],
    ['failed', ['s2']],
    ['running', []],
  ] as const)('shows those that fit %s', (filter, ids) => {
    expect(buildTree(parts({ steps }), { filter, open: new Set() }).map(({ id }) => id)).toEqual(ids);
  });

  it('has phases where there are several', () => {
    const phases = [phase('p1', 1), phase('p2', 2)];
    const mixed = parts({ phases, steps: [step('s1', 'completed', 'p2'), step('s2', 'completed', 'p1')], attempts });
    const rows = buildTree(mixed, { filter: 'all', open: new Set(['p1', 's2']) });
    expect(told(rows)).toEqual(['1 phase p1', '2 step s2', '3 attempt s2-a1', '3 attempt s2-a2', '1 phase p2']);
  });
});

describe('a run whose steps have all ended', () => {
  it.each([
    [['completed', 'failed_validation', 'cancelled'], true],
    [[], false],
    [['completed', 'pending'], false],
    [['completed', 'validating'], false],
    [['completed', 'needs_approval'], false],
    [['needs_manual_attention'], false],
  ])('%j: %s', (states, isEnded) => {
    expect(areAllEnded(states.map((state, index) => step(`s${index}`, state)))).toBe(isEnded);
  });
});

describe('the time of a run', () => {
  it('lasts until now while the run does, and never nothing', () => {
    const run = { createdAtMs: 100, updatedAtMs: 300 };
    expect(spanOf(run, { isEnded: false, nowMs: 500 })).toEqual({ fromMs: 100, toMs: 500 });
    expect(spanOf(run, { isEnded: true, nowMs: 500 })).toEqual({ fromMs: 100, toMs: 300 });
    expect(spanOf({ createdAtMs: 100, updatedAtMs: 100 }, { isEnded: true, nowMs: 500 }).toMs).toBe(101);
  });

  it('shows waiting, attempts and gates where they were', () => {
    const gate = { createdAtMs: 60, resolvedAtMs: null, state: 'pending' } as ClientGate;
    const times = { createdAtMs: 0, attempts: [attempt('a', 's', [20, 60])], gates: [gate] };
    const drawn = stretchesOf(times, { fromMs: 0, toMs: 100 });
    expect(drawn.map(({ kind, from, to, toMs }) => [kind, from, to, toMs])).toEqual([
      ['wait', 0, 0.2, 20],
      ['attempt', 0.2, 0.6, 60],
      ['gate', 0.6, 1, null],
    ]);
  });

  it('draws nothing outside of its span', () => {
    const times = { createdAtMs: null, attempts: [attempt('a', 's', [-50, 500])], gates: [] };
    expect(stretchesOf(times, { fromMs: 0, toMs: 100 })).toMatchObject([{ from: 0, to: 1 }]);
  });
});
