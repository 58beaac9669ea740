import { describe, expect, it } from 'vitest';
import { refusal } from '../../../../contract/errors.ts';
import { AttemptId } from '../../../../contract/ids.ts';
import { err } from '../../../../contract/result.ts';
import { cancelStep } from '../../../../main/daemon/services/cancel-step.ts';
import { StorageFull } from '../../../../main/daemon/store/storage-full.ts';
import { successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  settled,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

/** Lets a test stand between the choice of a step and its start. */
function holdBase(services: TestServices) {
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  let isFirst = true;
  replaceIn(services, 'workspaces', (before) => ({
    async resolveBase(ref, freshness) {
      if (isFirst) {
        isFirst = false;
        asked.resolve();
        await held.promise;
      }
      return before.resolveBase(ref, freshness);
    },
  }));
  return { asked: asked.promise, release: () => held.resolve() };
}

const startedSteps = ({ store }: TestServices) =>
  store.events
    .read({ after: 0, limit: 1000 })
    .filter(({ type }) => type === 'attempt.started')
    .map(({ stepId }) => stepId);

describe('the dispatcher', () => {
  it('SRV-1: starts nothing before it is told to, and nothing after it was stopped', async () => {
    const services = await openTestServices();
    openRun(services);
    const early = successOf(await submit(services));
    services.dispatcher.beat();
    expect(startedSteps(services)).toEqual([]);
    services.dispatcher.start();
    await settled(services, early.id);
    await services.dispatcher.stop();
    successOf(await submit(services));
    services.dispatcher.beat();
    expect(startedSteps(services)).toEqual([early.id]);
  });

  it('SRV-2: starts the head of the queue as it is at that moment', async () => {
    const services = await openTestServices();
    services.context.settings = { ...services.context.settings, slots: 1 };
    openRun(services);
    const low = successOf(await submit(services));
    const hold = holdBase(services);
    services.dispatcher.start();
    await hold.asked;
    const high = successOf(await submit(services, taskOf({ priority: 5 })));
    hold.release();
    await settled(services, low.id);
    expect(startedSteps(services)).toEqual([high.id, low.id]);
  });

  it('SRV-2: does not start a step early that was submitted anew for later', async () => {
    const services = await openTestServices();
    openRun(services);
    const { id: stepId } = successOf(await submit(services, taskOf({ stepId: 'later' })));
    const hold = holdBase(services);
    services.dispatcher.start();
    await hold.asked;
    successOf(await cancelStep(services.context, { stepId, actor: 'test', reason: '' }));
    successOf(await submit(services, taskOf({ stepId: 'later', notBeforeMs: Date.now() + 3_600_000 })));
    hold.release();
    const next = successOf(await submit(services));
    await settled(services, next.id);
    expect(startedSteps(services)).toEqual([next.id]);
  });

  it('SRV-3: a step that cannot be started waits for a person and holds up nobody', async () => {
    const services = await openTestServices();
    openRun(services);
    const broken = successOf(await submit(services, taskOf({ priority: 9, baseRef: 'main' })));
    const sound = successOf(await submit(services));
    replaceIn(services, 'workspaces', (before) => ({
      resolveBase: (ref, freshness) =>
        ref === 'main' ? Promise.reject(new Error('the floor is gone')) : before.resolveBase(ref, freshness),
    }));
    services.dispatcher.start();
    expect((await settled(services, sound.id)).state).toBe('completed');
    expect(await settled(services, broken.id)).toMatchObject({
      state: 'needs_manual_attention',
      statusReason: 'could not be started: the floor is gone',
    });
    expect(services.logged.join('\n')).toContain('a step could not be started');
  });

  it('tells why a base that is gone by now cannot be worked from', async () => {
    const services = await openTestServices();
    openRun(services);
    const step = successOf(await submit(services));
    const refused = refusal('base_not_found', 'the branch "main" is gone');
    replaceIn(services, 'workspaces', () => ({ resolveBase: async () => err(refused) }));
    services.dispatcher.start();
    expect(await settled(services, step.id)).toMatchObject({
      state: 'failed_bridge',
      statusReason: 'Provisioning failed: the branch "main" is gone',
    });
  });

  it('SRV-4: sees what becomes due while it looks', async () => {
    const services = await openTestServices();
    const {
      context,
      store: { steps },
    } = services;
    let nowMs = Date.now();
    context.clock = () => nowMs;
    openRun(services);
    const { id } = successOf(await submit(services, taskOf({ notBeforeMs: nowMs + 1 })));
    let hasPassed = false;
    const listEligible: typeof steps.listEligible = (at) => {
      const found = steps.listEligible(at);
      if (!hasPassed) nowMs += 1;
      hasPassed = true;
      return found;
    };
    replaceIn(services, 'store', () => ({ steps: { ...steps, listEligible } }));
    services.dispatcher.start();
    expect((await settled(services, id)).state).toBe('completed');
  });

  it('SRV-5: outlives a full disk and starts what waited once there is room', async () => {
    const services = await openTestServices();
    const { context, store, dispatcher } = services;
    openRun(services);
    const long = successOf(await submit(services, taskOf({ simulation: { durationMs: 60_000 } })));
    dispatcher.start();
    await expect.poll(() => store.steps.get(long.id)?.state).toBe('running');
    const waiting = successOf(await submit({ context: { ...context, wakeDispatcher: () => undefined } }));
    replaceIn(services, 'store', () => ({
      transaction: () => {
        throw new StorageFull(null);
      },
    }));
    dispatcher.beat();
    await expect.poll(() => services.logged.filter((line) => line.includes('StorageFull')).length).toBe(2);
    expect(store.steps.get(waiting.id)?.state).toBe('pending');
    context.store = store;
    dispatcher.beat();
    expect((await settled(services, waiting.id)).state).toBe('completed');
  });

  it('SRV-41: renews the leases of what runs at each beat', async () => {
    const services = await openTestServices();
    const { context, store, dispatcher } = services;
    openRun(services);
    const { id } = successOf(await submit(services, taskOf({ simulation: { durationMs: 60_000 } })));
    dispatcher.start();
    await expect.poll(() => store.steps.get(id)?.state).toBe('running');
    const attemptId = store.attempts.newestOfStep(id)?.id ?? AttemptId.parse('none');
    const before = store.leases.get(attemptId);
    const later = Date.now() + 30_000;
    context.clock = () => later;
    dispatcher.beat();
    expect(store.leases.get(attemptId)).toEqual({ ...before, heartbeatAtMs: later, expiresAtMs: later + 60_000 });
  });
});
