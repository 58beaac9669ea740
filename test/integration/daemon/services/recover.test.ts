import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

import { LIVE_ATTEMPT_STATES, type LiveAttemptState } from '../../../../contract/attempt-state.ts';
import { ok } from '../../../../contract/result.ts';
import type { TaskSpec } from '../../../../contract/task-spec.ts';
import { advance } from '../../../../main/daemon/services/attempt-work.ts';
import { recover } from '../../../../main/daemon/services/recover.ts';
import { type StartedAttempt, startAttempt } from '../../../../main/daemon/services/start-attempt.ts';
import { plannedValidations } from '../../../../main/daemon/services/validate-attempt.ts';
import * as sample from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  runIdOf,
  settled,
  shellTask,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

const statesUpTo = (state: LiveAttemptState) =>
  (['running', 'collecting_artifacts', 'validating'] as const).slice(0, LIVE_ATTEMPT_STATES.indexOf(state));

/** Leaves an attempt as a daemon does that is killed: in this state, with work in its worktree. */
async function abandon(services: TestServices, state: LiveAttemptState, task: object = {}): Promise<StartedAttempt> {
  const { context, store } = services;
  const step = successOf(await submit(services, taskOf({ validations: [{ name: 'v', command: 'true' }], ...task })));
  const base = await context.workspaces.resolveBase(null, { maxAgeMs: 0 });
  const started = startAttempt(context, { seen: step, base, owner: 'daemon:gone' });
  if (started === null) throw new Error('the step did not start');
  const { attempt, fence } = started;
  const place = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
  successOf(await context.evidence.openAttempt(place));
  const worktree = successOf(await context.workspaces.create(place, successOf(base), null));
  writeFileSync(join(worktree.path, 'made.txt'), 'made\n');
  for (const to of statesUpTo(state)) advance(context, { attemptId: attempt.id, fence }, { to });
  if (state === 'validating') {
    const [row] = plannedValidations({ step, attemptId: attempt.id }, context.clock());
    if (row !== undefined) store.validations.insert({ ...row, state: 'running' });
  }
  return started;
}

/** A process that carries the mark of an attempt. */
function spawnMarked({ context }: TestServices, mark: string) {
  const child = spawn('sleep', ['300'], { env: { ...context.processes.environment(mark) }, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return once(child, 'exit');
}

async function open(): Promise<TestServices> {
  const services = await openTestServices();
  openRun(services);
  return services;
}

describe('recovering', () => {
  it.each(LIVE_ATTEMPT_STATES)('SRV-33: ends, saves and explains what was %s', async (state) => {
    const services = await open();
    const { store, context } = services;
    const { attempt, step } = await abandon(services, state);
    const exited = spawnMarked(services, attempt.mark);
    expect((await recover(context)).attempts).toEqual([attempt.id]);
    await exited;
    expect(store.steps.get(step.id)).toMatchObject({
      state: 'failed_bridge',
      statusReason: `Interrupted in state ${state}: the daemon stopped while the attempt was in flight`,
    });
    const ended = store.attempts.get(attempt.id);
    expect(ended).toMatchObject({ state: 'failed_bridge', failureClass: 'interrupted', filesChanged: ['made.txt'] });
    expect(services.repository.git('show', `${ended?.salvage?.refs[0]?.name}:made.txt`)).toBe('made\n');
    expect(existsSync(attempt.worktreePath)).toBe(false);
    expect(store.leases.get(attempt.id)).toBeNull();
    if (state === 'validating') expect(store.validations.get(attempt.id, 0)?.state).toBe('errored');
    const lastSeq = store.events.lastSeq();
    expect(await recover(context)).toEqual({ attempts: [], worktreesRemoved: 0, stepsExplained: 0 });
    expect(store.events.lastSeq()).toBe(lastSeq);
  });

  it('SRV-34: ends as somebody wished before: cancelled, or with its run', async () => {
    const services = await open();
    const { store, context } = services;
    const request = { actor: 'operator', reason: 'enough', atMs: sample.AT_MS };
    const retry = { maxAttempts: 9, baseSeconds: 0, on: ['interrupted', 'cancelled'] };
    const cancelled = await abandon(services, 'running', { retry });
    const now = store.attempts.get(cancelled.attempt.id);
    if (now !== null) store.attempts.save({ ...now, cancelRequest: request });
    openRun(services, 'r2');
    const aborted = await abandon(services, 'collecting_artifacts', { retry });
    store.runs.save(sample.run({ id: 'r1', abortRequest: request }));
    const waiting = successOf(await submit(services, taskOf(), 'r2'));

    await recover(context);
    for (const { step, attempt } of [cancelled, aborted]) {
      expect(store.steps.get(step.id)).toMatchObject({
        state: 'cancelled',
        statusReason: 'Cancelled by operator: enough',
      });
      expect(store.attempts.get(attempt.id)).toMatchObject({ state: 'cancelled', filesChanged: ['made.txt'] });
    }
    expect(store.runs.get(runIdOf('r1'))?.state).toBe('cancelled');
    expect(store.steps.get(waiting.id)?.state).toBe('pending');
  });

  it('SRV-34: is retried only if the rule says so', async () => {
    const services = await open();
    const retry = { maxAttempts: 2, baseSeconds: 0, on: ['interrupted'] };
    const { step } = await abandon(services, 'running', { retry });
    await recover(services.context);
    expect(services.store.steps.get(step.id)).toMatchObject({ state: 'pending', attemptsUsed: 1 });
    services.dispatcher.start();
    expect((await settled(services, step.id)).state).toBe('completed');
  });

  it('SRV-35: finishes the others, and says so of the one that it cannot', async () => {
    const services = await open();
    const { store, context } = services;
    const bad = await abandon(services, 'running');
    const good = await abandon(services, 'running');
    const unleased = await abandon(services, 'collecting_artifacts');
    store.leases.remove(unleased.attempt.id, unleased.fence);
    replaceIn(services, 'workspaces', (before) => ({
      salvage: (place, secretsIn) =>
        place.attemptId === bad.attempt.id
          ? Promise.reject(new Error('a fault of ours'))
          : before.salvage(place, secretsIn),
    }));
    await recover(context);
    expect(store.steps.get(bad.step.id)).toMatchObject({
      state: 'needs_manual_attention',
      statusReason: 'internal error: a fault of ours',
    });
    expect(existsSync(`${bad.attempt.worktreePath}/made.txt`)).toBe(true);
    for (const { step } of [good, unleased]) expect(store.steps.get(step.id)?.state).toBe('failed_bridge');
  });

  it('SRV-36: explains steps that nothing in the record bears out', async () => {
    const services = await open();
    const { store, context } = services;
    const place = { runId: 'r1', phaseId: 'phase-execution-r1' };
    store.steps.insert(sample.step({ record: { id: 'lost', ...place, state: 'collecting_artifacts' } }));
    store.steps.insert(sample.step({ record: { id: 'ungated', ...place, state: 'needs_approval' } }));
    store.steps.insert(sample.step({ record: { id: 'gated', ...place, state: 'needs_approval' } }));
    store.gates.insert(sample.gate({ id: 'gate-gated-a1', runId: 'r1', stepId: 'gated', attemptId: null }));
    expect((await recover(context)).stepsExplained).toBe(2);
    const reasons = store.steps
      .listOfRun(runIdOf('r1'))
      .map(({ id, state, statusReason }) => [id, state, statusReason]);
    expect(reasons).toEqual([
      ['gated', 'needs_approval', ''],
      ['lost', 'needs_manual_attention', 'the record says collecting_artifacts, yet no attempt of it is under way'],
      ['ungated', 'needs_manual_attention', 'it waits for an approval, yet no gate of it is open'],
    ]);
    expect(store.runs.get(runIdOf('r1'))?.state).toBe('paused_for_gate');
  });

  it('SRV-37: removes worktrees whose clean-up did not come to pass; one that cannot go is told', async () => {
    const services = await open();
    const { store, context } = services;
    const before = context.workspaces;
    replaceIn(services, 'workspaces', () => ({ remove: async () => ok(undefined) }));
    services.dispatcher.start();
    const finish = async (spec: TaskSpec) => {
      const { id } = successOf(await submit(services, spec));
      await settled(services, id);
      await expect.poll(() => context.live.size).toBe(0);
      return store.attempts.newestOfStep(id) ?? sample.attempt({});
    };
    const free = await finish(shellTask('echo a > a.txt'));
    const occupied = await finish(taskOf());
    expect([free, occupied].map(({ worktreePath }) => existsSync(worktreePath))).toEqual([true, true]);
    context.workspaces = before;
    const child = spawn('sleep', ['300'], { cwd: occupied.worktreePath, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    expect((await recover(context)).worktreesRemoved).toBe(1);
    expect([free, occupied].map(({ worktreePath }) => existsSync(worktreePath))).toEqual([false, true]);
    expect(store.attempts.get(occupied.id)?.salvage?.keptWorktree).toBe(occupied.worktreePath);
  });
});
