import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommitHash } from '../../../contract/records.ts';
import { STEP_STATES } from '../../../contract/step-state.ts';
import { verifyArtifact } from '../../../main/daemon/adapters/files/verify-artifact.ts';
import { openStore } from '../../../main/daemon/store/open-store.ts';
import type { Store } from '../../../main/daemon/store/store.ts';
import { createSeedClock } from '../../seed/seed-clock.ts';
import { RUN_SPAN_MS, type SeedPlan, seedStore } from '../../seed/seed-store.ts';
import { successOf } from '../../support/success-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const END_MS = 1_795_156_728_279;

function seeded(plan: Partial<SeedPlan> & { readonly runs: number }): { store: Store; artifactRoot: string } {
  const folder = temporaryFolder();
  const artifactRoot = join(folder, 'artifacts');
  const clock = createSeedClock(END_MS - plan.runs * RUN_SPAN_MS, END_MS);
  const store = successOf(openStore({ path: join(folder, 'record.db'), clock: clock.now }));
  const baseCommit = CommitHash.parse('b'.repeat(40));
  const workspaceRoot = join(folder, 'workspace');
  const rest = { stepsPerRun: 5, events: 0, seed: 1, isKilled: true, baseCommit, workspaceRoot, artifactRoot };
  seedStore(store, clock, { ...rest, ...plan });
  return { store, artifactRoot };
}

const everyRun = (store: Store) => store.runs.list({ limit: 100_000 });
const everyStep = (store: Store) => everyRun(store).flatMap(({ id }) => store.steps.listOfRun(id));

describe('a seeded record', { timeout: 60_000 }, () => {
  it('holds every state that anything enters, a chain that verifies, and files that are what they were', async () => {
    const { store, artifactRoot } = seeded({ runs: 200 });
    const steps = everyStep(store);
    const states = new Set(steps.map(({ state }) => state));
    expect([...states].sort()).toEqual(STEP_STATES.filter((state) => state !== 'failed_retryable').sort());
    const runStates = new Set(everyRun(store).map(({ state }) => state));
    expect([...runStates].sort()).toEqual(['cancelled', 'completed', 'failed', 'paused_for_gate', 'running']);
    const gateStates = new Set(store.gates.list({ limit: 1000 }).map(({ state }) => state));
    expect([...gateStates].sort()).toEqual(['approved', 'pending', 'rejected']);
    expect(await store.events.verifyChain()).toMatchObject({ ok: true });
    expect(store.listQuarantined(10)).toEqual([]);
    const artifacts = store.artifacts.listAll({ limit: 1000 });
    expect(artifacts.length).toBeGreaterThan(50);
    const { signal } = new AbortController();
    for (const artifact of artifacts)
      expect(await verifyArtifact({ root: artifactRoot, artifact, signal })).toEqual({ ok: true, value: undefined });
    store.close();
  });

  it('has the size that was asked for, and times that never go back', () => {
    const { store } = seeded({ runs: 20, events: 2000, artifactRoot: null });
    expect(everyRun(store)).toHaveLength(20);
    expect(everyStep(store)).toHaveLength(100);
    expect(Math.abs(store.events.lastSeq() - 2000)).toBeLessThan(100);
    const times = store.events.read({ after: 0, limit: 10_000 }).map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(END_MS);
    expect(store.artifacts.listAll({ limit: 1 })).toEqual([]);
    store.close();
  });

  it('is the same for the same seed, and another for another', () => {
    const chainOf = (seed: number): string => {
      const { store } = seeded({ runs: 5, seed, artifactRoot: null, workspaceRoot: '/workspace' });
      const [last] = store.events.read({ after: store.events.lastSeq() - 1, limit: 1 });
      store.close();
      return last?.hash ?? '';
    };
    expect(chainOf(7)).toBe(chainOf(7));
    expect(chainOf(7)).not.toBe(chainOf(8));
  });

  it('leaves nothing for recovery when no daemon was killed', () => {
    const { store } = seeded({ runs: 20, isKilled: false, artifactRoot: null });
    expect(store.attempts.listLive()).toEqual([]);
    store.close();
  });
});
