import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { StepId } from '../../../../contract/ids.ts';
import type { AttemptRecord } from '../../../../contract/records.ts';
import { err } from '../../../../contract/result.ts';
import type { TaskSpec } from '../../../../contract/task-spec.ts';
import { cancelStep } from '../../../../main/daemon/services/cancel-step.ts';
import type { Executors } from '../../../../main/daemon/services/ports/executors.ts';
import { StorageFull } from '../../../../main/daemon/store/storage-full.ts';
import { successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  settled,
  shellTask,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

const edits = [{ action: 'write', path: 'made.txt', content: 'made\n' }];

async function open(): Promise<TestServices> {
  const services = await openTestServices();
  openRun(services);
  return services;
}

/** Submits a task and lets the dispatcher have it. */
async function begin(services: TestServices, spec: TaskSpec): Promise<StepId> {
  const { id } = successOf(await submit(services, spec));
  services.dispatcher.start();
  return id;
}

function newest({ store }: TestServices, stepId: StepId): AttemptRecord {
  const attempt = store.attempts.newestOfStep(stepId);
  if (attempt === null) throw new Error('there is no attempt');
  return attempt;
}

/** The end of an attempt, its clean-up included. */
async function ended(services: TestServices, spec: TaskSpec) {
  const stepId = await begin(services, spec);
  const step = await settled(services, stepId);
  await expect.poll(() => services.context.live.size).toBe(0);
  return { step, attempt: newest(services, stepId) };
}

const broken = () => Promise.reject(new Error('a fault of ours'));

describe('a fault of ours in an attempt', () => {
  it('SRV-27: saves what was made, says where it is, and asks a person', async () => {
    const services = await open();
    replaceIn(services, 'workspaces', () => ({ salvageAfterValidations: broken }));
    const { step, attempt } = await ended(
      services,
      taskOf({ simulation: { edits }, validations: [{ name: 'v', command: 'true' }] }),
    );
    expect(step).toMatchObject({ state: 'needs_manual_attention', statusReason: 'internal error: a fault of ours' });
    expect(attempt).toMatchObject({
      state: 'failed_bridge',
      failureClass: 'evidence_failed',
      filesChanged: ['made.txt'],
    });
    const [ref] = attempt.salvage?.refs ?? [];
    expect(services.repository.git('show', `${ref?.name}:made.txt`)).toBe('made\n');
    expect(services.store.validations.listOfAttempt(attempt.id)).toMatchObject([{ state: 'errored' }]);
    expect(existsSync(attempt.worktreePath)).toBe(false);
  });

  it('SRV-27: ends its processes first', async () => {
    const services = await open();
    replaceIn(services, 'executors', (before) => ({ find: (...asked) => breakingEnd(before.find(...asked)) }));
    const { step, attempt } = await ended(services, shellTask('echo work > work.txt; sleep 300'));
    expect(step.state).toBe('needs_manual_attention');
    expect(attempt.filesChanged).toEqual(['work.txt']);
    expect((await services.context.processes.stopMarked(attempt.mark)).ended).toBe(0);
  });

  /** An executor that loses sight of its process once that has begun to work. */
  function breakingEnd(executor: ReturnType<Executors['find']>): ReturnType<Executors['find']> {
    if (executor === null) return null;
    return {
      name: executor.name,
      agent: executor.agent,
      async start(task) {
        const started = await executor.start(task);
        const lost = async () => {
          await expect.poll(() => existsSync(`${task.worktreePath}/work.txt`)).toBe(true);
          throw new Error('out of sight');
        };
        return started.ok ? { ok: true, value: { ...started.value, ended: lost() } } : started;
      },
    };
  }

  it('SRV-28: while it is being finished leaves the worktree as it is and the step to a person', async () => {
    const services = await open();
    replaceIn(services, 'evidence', () => ({ harvest: broken }));
    const { step, attempt } = await ended(services, taskOf({ simulation: { edits } }));
    expect(step).toMatchObject({ state: 'needs_manual_attention', statusReason: 'internal error: a fault of ours' });
    expect(attempt).toMatchObject({ state: 'failed_bridge', salvage: { keptWorktree: attempt.worktreePath } });
    expect(existsSync(`${attempt.worktreePath}/made.txt`)).toBe(true);
    expect(services.store.leases.get(attempt.id)).toBeNull();
    expect(services.store.runs.get(step.runId)?.state).toBe('paused_for_gate');
  });

  it('SRV-28: after the end is recorded changes nothing of it', async () => {
    const services = await open();
    replaceIn(services, 'workspaces', () => ({ remove: broken }));
    const { step } = await ended(services, taskOf({ simulation: { edits } }));
    expect(step.state).toBe('completed');
    expect(services.logged.join('\n')).toContain('an attempt could not be finished');
  });
});

describe('a full disk', () => {
  it('SRV-29: does not hold up the time limit of what runs', async () => {
    const services = await open();
    const { store } = services;
    replaceIn(services, 'executors', (before) => ({
      find(name, mode) {
        const executor = before.find(name, mode);
        if (executor === null) return null;
        return {
          name,
          agent: executor.agent,
          async start(task) {
            const started = successOf(await executor.start(task));
            const full = () => {
              throw new StorageFull(null);
            };
            services.context.store = { ...store, transaction: full };
            void started.ended.then(() => {
              services.context.store = store;
            });
            return { ok: true, value: started };
          },
        };
      },
    }));
    const { step } = await ended(services, shellTask('sleep 300', { timeoutSeconds: 1 }));
    expect(step).toMatchObject({ state: 'timeout', statusReason: 'Execution timed out after 1 seconds' });
  });

  it('SRV-29: loses progress before it loses work', async () => {
    const services = await open();
    replaceIn(services, 'store', ({ events }) => ({
      events: {
        ...events,
        append(draft) {
          if (draft.type === 'attempt.progress') throw new StorageFull(null);
          return events.append(draft);
        },
      },
    }));
    const recipe = { steps: [{ run: 'echo one > one.txt' }, { run: 'echo two > two.txt' }] };
    const { step, attempt } = await ended(services, shellTask('', { recipe }));
    expect([step.state, attempt.filesChanged]).toEqual(['completed', ['one.txt', 'two.txt']]);
    expect(services.logged.filter((line) => line.includes('progress could not be recorded'))).toHaveLength(2);
  });
});

describe('what an attempt costs and leads to', () => {
  it('CLI-37: its start tells the first command, without its secrets, and short', async () => {
    const services = await open();
    const spec = shellTask('echo tok-9f8e7d6c5b4a > /dev/null\nsleep 0');
    const steps = spec.recipe?.steps.map((step) => ({ ...step, env: { API_TOKEN: 'tok-9f8e7d6c5b4a' } })) ?? [];
    const { step } = await ended(services, { ...spec, recipe: { steps } });
    expect(step.state).not.toBe('needs_manual_attention');
    const [started] = services.store.events
      .read({ after: 0, limit: 100 })
      .filter(({ type }) => type === 'attempt.started');
    expect(started?.payload['command']).toBe('echo [redacted] > /dev/null…');
  });

  it('SRV-38: at most six commits from the submission to the end', async () => {
    const services = await open();
    const commits: (readonly string[])[] = [];
    services.store.onCommit((events) => commits.push(events.map(({ type }) => type)));
    const validations = [{ name: 'v', command: 'true' }];
    const { step } = await ended(services, taskOf({ simulation: { edits }, validations }));
    expect([step.state, commits]).toEqual([
      'completed',
      [
        ['step.submitted'],
        ['step.state_changed', 'attempt.started'],
        ['attempt.state_changed', 'step.state_changed'],
        ['attempt.state_changed', 'step.state_changed'],
        ['attempt.state_changed', 'step.state_changed'],
        ['validation.ended', 'attempt.ended', 'step.state_changed'],
      ],
    ]);
  });

  it('SRV-40: opens no gate for what somebody wants to end', async () => {
    const services = await open();
    const { store } = services;
    replaceIn(services, 'evidence', (before) => ({
      async harvest(attempt, secretsIn, submitted) {
        const cancelRequest = { actor: 'operator', reason: 'enough', atMs: services.context.clock() };
        store.attempts.save({ ...attempt, cancelRequest });
        return before.harvest(attempt, secretsIn, submitted);
      },
    }));
    const { step, attempt } = await ended(services, taskOf({ simulation: { question: 'which one?' } }));
    expect(step).toMatchObject({ state: 'cancelled', statusReason: 'Cancelled by operator: enough' });
    expect(attempt.state).toBe('completed');
    expect(store.gates.list({ stepId: step.id, limit: 1 })).toEqual([]);
  });
});

describe('what stays behind', () => {
  it('SRV-30: a worktree that cannot go is told in the record', async () => {
    const services = await open();
    replaceIn(services, 'workspaces', () => ({ remove: async () => err({ sentence: 'somebody is in it' }) }));
    const { step, attempt } = await ended(services, taskOf({ simulation: { edits } }));
    expect([step.state, attempt.salvage?.keptWorktree]).toEqual(['completed', attempt.worktreePath]);
    const kept = services.store.events.read({ after: 0, stepId: step.id, limit: 100 }).at(-1);
    expect(kept).toMatchObject({
      type: 'attempt.worktree_kept',
      payload: { path: attempt.worktreePath, reason: 'somebody is in it' },
    });
  });

  it('SRV-63: is over before its temporary files go, however many there are', async () => {
    const services = await open();
    const emptying = Promise.withResolvers<void>();
    replaceIn(services, 'processes', (real) => ({
      removeTemporary: async (mark) => {
        await emptying.promise;
        return real.removeTemporary(mark);
      },
    }));
    const id = await begin(services, shellTask('echo x > "$TMPDIR/left"; echo "$TMPDIR" > told.txt'));
    expect(await settled(services, id)).toMatchObject({ state: 'completed' });
    const folder = readFileSync(join(newest(services, id).worktreePath, 'told.txt'), 'utf8').trim();
    expect(readdirSync(folder)).toEqual(['left']);
    emptying.resolve();
    await expect.poll(() => services.context.live.size).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('SRV-31: with evidence that is not whole only a rule that says so retries', async () => {
    const services = await open();
    replaceIn(services, 'workspaces', () => ({ salvage: async () => err({ sentence: 'the disk is broken' }) }));
    const failing = { simulation: { exitCode: 3 } };
    const rule = { maxAttempts: 2, baseSeconds: 0 };
    const plain = await ended(services, taskOf({ ...failing, retry: { ...rule, on: ['command_failed'] } }));
    expect([plain.step.state, plain.attempt.number]).toEqual(['needs_manual_attention', 1]);
    const named = await ended(services, taskOf({ ...failing, retry: { ...rule, on: ['evidence_failed'] } }));
    expect([named.step.state, named.attempt.number]).toEqual(['needs_manual_attention', 2]);
  });
});

describe('validations', () => {
  /** Lets a test look while a command runs: each waits until it is let go. */
  function holdCommands(services: TestServices) {
    const waiting: (() => void)[] = [];
    replaceIn(services, 'processes', (before) => ({
      async runShell(run) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return before.runShell(run);
      },
    }));
    return waiting;
  }

  const states = (services: TestServices, stepId: StepId) =>
    services.store.validations.listOfStep(stepId).map(({ state }) => state);
  const validations = [
    { name: 'first', command: 'true' },
    { name: 'second', command: 'sleep 300' },
    { name: 'third', command: 'true' },
  ];

  it('SRV-32: show which one runs; one that was stopped has no verdict, and the rest are not run', async () => {
    const services = await open();
    const waiting = holdCommands(services);
    const stepId = await begin(services, taskOf({ validations }));
    await expect.poll(() => waiting.length).toBe(1);
    expect(states(services, stepId)).toEqual(['running', 'not_run', 'not_run']);
    waiting[0]?.();
    await expect.poll(() => waiting.length).toBe(2);
    expect(states(services, stepId)).toEqual(['passed', 'running', 'not_run']);
    waiting[1]?.();
    successOf(await cancelStep(services.context, { stepId, actor: 'test', reason: '' }));
    expect(services.store.validations.listOfStep(stepId)).toMatchObject([
      { state: 'passed', error: '' },
      { state: 'errored', error: 'stopped before it ended' },
      { state: 'not_run' },
    ]);
    const told = services.store.events
      .read({ after: 0, stepId, limit: 100 })
      .filter(({ type }) => type === 'validation.ended')
      .map(({ payload }) => [payload['name'], payload['state']]);
    expect(told).toEqual([
      ['first', 'passed'],
      ['second', 'errored'],
    ]);
  });

  it('SRV-32: one whose output is not whole proves nothing', async () => {
    const services = await open();
    replaceIn(services, 'evidence', (before) => ({
      async openLog(place, name, secretsIn) {
        const log = await before.openLog(place, name, secretsIn);
        if (!log.ok || !name.startsWith('validations/')) return log;
        const close = async () => {
          await log.value.close();
          return err({ sentence: '3 bytes are missing' });
        };
        return { ok: true, value: { ...log.value, close } };
      },
    }));
    const { step } = await ended(services, taskOf({ validations: [{ name: 'v', command: 'true' }] }));
    expect(step.state).toBe('failed_validation');
    expect(services.store.validations.listOfStep(step.id)).toMatchObject([
      { state: 'errored', error: '3 bytes are missing; 3 bytes are missing', exitCode: 0 },
    ]);
  });
});
