import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PermissionAnswer, PermissionRequest } from '../../../../contract/permission.ts';
import type { GateRecord, StepRecord } from '../../../../contract/records.ts';
import { err } from '../../../../contract/result.ts';
import type { Executor } from '../../../../main/daemon/adapters/executors/executor.ts';
import { subjectText } from '../../../../main/daemon/domain/digest-subject.ts';
import { abortRun } from '../../../../main/daemon/services/abort-run.ts';
import {
  MAX_OPEN_PERMISSIONS,
  MAX_PERMISSIONS,
  MAX_REQUEST_LENGTH,
} from '../../../../main/daemon/services/ask-permission.ts';
import { cancelStep } from '../../../../main/daemon/services/cancel-step.ts';
import { type DecideGateInput, decideGate } from '../../../../main/daemon/services/decide-gate.ts';
import { recover } from '../../../../main/daemon/services/recover.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import { waitForRun } from '../../../../main/daemon/services/wait.ts';
import { StorageFull } from '../../../../main/daemon/store/storage-full.ts';
import {
  ASKER,
  type AskingExecutor,
  type AskingRun,
  createAskingExecutor,
  requestOf,
  withAsking,
} from '../../../support/asking-executor.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  runIdOf,
  settled,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const actor = 'operator';

describe('asking for a permission', () => {
  let services: TestServices;
  let asking: AskingExecutor;
  let step: StepRecord;

  /** A step whose executor runs and has asked nothing yet. */
  async function start({ rules = {}, task = {}, lingers = false, limits = {} } = {}): Promise<AskingRun> {
    asking = createAskingExecutor({ lingers });
    replaceIn(services, 'executors', (before) => withAsking(before, asking, rules, limits));
    step = successOf(await submit(services, taskOf({ adapterProfile: ASKER, ...task })));
    services.dispatcher.start();
    const run = await asking.next();
    await waitUntil(() => stateNow() === 'running');
    return run;
  }
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
  });

  const stateNow = () => services.store.steps.get(step.id)?.state;
  /** Oldest first, with all that was asked. */
  const gates = () =>
    services.store.gates
      .list({ stepId: step.id, limit: 100 })
      .toReversed()
      .flatMap(({ id }) => {
        const gate = services.store.gates.get(id);
        return gate === null ? [] : [gate];
      });
  const pending = () => services.store.gates.pendingOfStep(step.id);
  /** The gate of a question that has just been asked, as soon as it is in the record. */
  async function opened(count = 1): Promise<GateRecord> {
    await waitUntil(() => pending().length === count);
    const gate = pending().at(-1);
    if (gate === undefined) throw new Error('no gate');
    return gate;
  }
  const decide = (gateId: string, more: Partial<DecideGateInput> = {}) =>
    decideGate(services.context, { gateId, action: 'approve', actor, ...more });
  const eventsOf = (gateId: string) =>
    services.store.events.read({ after: 0, limit: 1000 }).filter((event) => event.gateId === gateId);

  describe('of a person', () => {
    it('SRV-51: opens a gate that shows all of it, and lets the step wait, in one commit', async () => {
      const run = await start();
      const commits: (readonly string[])[] = [];
      services.store.onCommit((events) => commits.push(events.map(({ type }) => type)));
      const request: PermissionRequest = requestOf({
        command: 'npm test && echo',
        cwd: run.task.worktreePath,
        paths: ['a.ts'],
        diff: '+x\n',
        reason: 'to see whether it works',
      });
      const answer = run.ask(request);
      const gate = await opened();
      expect(gate).toMatchObject({
        id: `gate-${run.task.attemptId}-p1`,
        kind: 'permission',
        subject: 'attempt',
        attemptId: run.task.attemptId,
        prompt: 'Claude asks to run: npm test && echo',
        reasons: ['to see whether it works'],
        request,
        subjectDigest: createHash('sha256').update(subjectText(request)).digest('hex'),
        expiresAtMs: gate.createdAtMs + 3_600_000,
        onExpiry: 'reject',
      });
      expect(commits).toEqual([['gate.opened', 'step.state_changed', 'run.state_changed']]);
      expect(services.store.steps.get(step.id)).toMatchObject({ state: 'needs_approval', statusReason: gate.prompt });
      expect(services.store.attempts.get(run.task.attemptId)?.state).toBe('running');
      successOf(decide(gate.id, { digest: gate.subjectDigest, reason: 'fine' }));
      expect(await answer).toEqual({ answer: 'allow', scope: 'once' });
      expect(commits[1]).toEqual(['gate.decided', 'step.state_changed', 'run.state_changed']);
      expect(stateNow()).toBe('running');
      expect(gates()[0]).toMatchObject({ state: 'approved', decidedBy: actor, scope: 'once', decidedDigest: 'named' });
      run.end();
      expect((await settled(services, step.id)).state).toBe('completed');
    });

    it('SRV-51: says what reaches out of the worktree', async () => {
      const run = await start();
      const inside = join(run.task.worktreePath, 'a.ts');
      void run.ask({ cwd: '/tmp', paths: [inside, '/etc/passwd'], reason: 'because' });
      expect((await opened()).reasons).toEqual([
        'because',
        "names files outside of the attempt's worktree: /etc/passwd",
        "would run outside of the attempt's worktree",
      ]);
      run.end();
      await settled(services, step.id);
    });

    it('SRV-52: a rejection reaches the executor with its reason, and the step goes on', async () => {
      const run = await start();
      const answer = run.ask();
      successOf(decide((await opened()).id, { action: 'reject', reason: 'not now' }));
      expect(await answer).toEqual({ answer: 'reject', reason: 'not now' });
      expect(stateNow()).toBe('running');
      const silent = run.ask();
      successOf(decide((await opened()).id, { action: 'reject' }));
      expect(await silent).toEqual({ answer: 'reject', reason: 'rejected by operator' });
      run.end();
      expect((await settled(services, step.id)).state).toBe('completed');
    });

    it('SRV-52, GATE-1, GATE-2: counts once, and only for what was shown', async () => {
      const run = await start();
      const answer = run.ask();
      const { id } = await opened();
      expect(failureOf(decide(id, { digest: 'f'.repeat(64) })).code).toBe('gate_changed');
      expect(stateNow()).toBe('needs_approval');
      successOf(decide(id));
      expect(failureOf(decide(id, { action: 'reject' })).code).toBe('gate_closed');
      expect(await answer).toEqual({ answer: 'allow', scope: 'once' });
    });

    it('SRV-51: several may wait; the step goes on after the last one', async () => {
      const run = await start();
      const first = run.ask({ command: 'one' });
      const one = await opened();
      const second = run.ask({ command: 'two' });
      const two = await opened(2);
      expect(failureOf(decide(`gate-${step.id}`))).toMatchObject({ details: { gateIds: [one.id, two.id] } });
      successOf(decide(two.id));
      expect(await second).toEqual({ answer: 'allow', scope: 'once' });
      expect(stateNow()).toBe('needs_approval');
      successOf(decide(`gate-${step.id}`));
      expect(await first).toEqual({ answer: 'allow', scope: 'once' });
      expect(stateNow()).toBe('running');
    });

    it('SRV-51: ends a wait for the step and for its run', async () => {
      const run = await start();
      const limits = { timeoutMs: 20_000, signal: new AbortController().signal };
      const ofRun = waitForRun(services.context, { runId: runIdOf('r1'), ...limits });
      const ofStep = settled(services, step.id);
      void run.ask();
      expect((await ofStep).state).toBe('needs_approval');
      expect(successOf(await ofRun)).toMatchObject({ terminal: false, timedOut: false, gates: [pending()[0]?.id] });
      expect(services.store.runs.get(runIdOf('r1'))?.state).toBe('paused_for_gate');
    });

    it('SRV-53: more than so many do not wait', async () => {
      const run = await start();
      const open = Array.from({ length: MAX_OPEN_PERMISSIONS }, (_, index) => run.ask({ command: `c${index}` }));
      await waitUntil(() => pending().length === MAX_OPEN_PERMISSIONS);
      expect(await run.ask()).toEqual({
        answer: 'reject',
        reason: `${MAX_OPEN_PERMISSIONS} questions of this attempt wait for an answer already`,
      });
      expect(gates().at(-1)).toMatchObject({ state: 'rejected', decidedBy: 'daemon' });
      run.end();
      for (const answer of await Promise.all(open)) expect(answer).toEqual({ answer: 'cancelled' });
    });

    it('SRV-53: people are asked only so much of one attempt; rules go on to answer', async () => {
      const run = await start({ rules: { rules: [{ command: 'ls', effect: 'allow' }] } });
      for (let asked = 0; asked < MAX_PERMISSIONS; asked += 1) {
        const answer = run.ask({ command: `c${asked}` });
        successOf(decide((await opened()).id));
        await answer;
      }
      const reason = 'this attempt has asked 200 questions already, and people are asked no more of it';
      expect(await run.ask()).toEqual({ answer: 'reject', reason });
      expect(services.store.gates.list({ stepId: step.id, limit: 1 })).toMatchObject([
        { state: 'rejected', decidedBy: 'daemon', reason },
      ]);
      expect(await run.ask({ command: 'ls' })).toMatchObject({ answer: 'allow' });
      expect(stateNow()).toBe('running');
    });

    it('SRV-53: what nobody can look through is rejected, and the record keeps no part of it', async () => {
      const run = await start({ rules: { otherwise: 'allow' } });
      const answer = await run.ask({ diff: 'x'.repeat(MAX_REQUEST_LENGTH) });
      expect(answer).toMatchObject({ answer: 'reject', reason: expect.stringContaining('too long to be looked at') });
      expect(gates()[0]).toMatchObject({ state: 'rejected', request: { tool: 'Bash', diff: null, input: '' } });
    });

    it('SRV-51: is shown without secrets, and bound to what is shown', async () => {
      const token = 'the-secret-of-a-person';
      replaceIn(services, 'evidence', () => ({ redact: (text) => text.replaceAll(token, '[redacted]') }));
      const run = await start();
      void run.ask({ command: `curl -H ${token}`, input: token, paths: [token], reason: token, title: token });
      const gate = await opened();
      expect(JSON.stringify(gate)).not.toContain(token);
      expect(JSON.stringify(services.store.events.read({ after: 0, limit: 1000 }))).not.toContain(token);
      expect(gate.subjectDigest).toBe(
        createHash('sha256')
          .update(subjectText({ ...gate.request }))
          .digest('hex'),
      );
    });
  });

  describe('at odd moments', () => {
    /** Its executor asks before it has started. */
    async function startAsking(isStarted: boolean) {
      asking = createAskingExecutor();
      const early = Promise.withResolvers<PermissionAnswer>();
      const executor: Executor = {
        ...asking.executor,
        async start(task) {
          void task.askPermission(requestOf(), new AbortController().signal).then(early.resolve);
          return isStarted ? asking.executor.start(task) : err({ summary: 'no such program' });
        },
      };
      replaceIn(services, 'executors', (before) => withAsking(before, { ...asking, executor }));
      step = successOf(await submit(services, taskOf({ adapterProfile: ASKER })));
      services.dispatcher.start();
      return early.promise;
    }

    it('SRV-51: what is asked before the executor runs in the record is asked then', async () => {
      const answer = startAsking(true);
      const { id } = await (async () => {
        await waitUntil(() => services.store.gates.listPending({ limit: 1 }).length === 1);
        return opened();
      })();
      expect(stateNow()).toBe('needs_approval');
      successOf(decide(id));
      expect(await answer).toEqual({ answer: 'allow', scope: 'once' });
    });

    it('SRV-57: what is asked by an executor that does not start is cancelled', async () => {
      expect(await startAsking(false)).toEqual({ answer: 'cancelled' });
      expect((await settled(services, step.id)).state).toBe('failed_adapter');
      expect(gates()).toEqual([]);
    });

    it('SRV-29, SRV-57: a full disk holds up a question, and not its end', async () => {
      const run = await start();
      const { store } = services;
      const full = () => {
        throw new StorageFull(null);
      };
      services.context.store = { ...store, transaction: full };
      const controller = new AbortController();
      const answer = run.ask({}, controller.signal);
      await waitUntil(() => services.logged.some((line) => line.includes('the disk is full')));
      controller.abort();
      expect(await answer).toEqual({ answer: 'cancelled' });
      const later = run.ask({ command: 'later' });
      services.context.store = store;
      const gate = await opened();
      expect(gate.request?.command).toBe('later');
      successOf(decide(gate.id));
      await later;
      expect(gates()).toHaveLength(1);
    });

    it('SRV-52: a full disk holds up an answer, which is not told before it is recorded', async () => {
      const run = await start({ rules: { expirySeconds: 1 } });
      const { store } = services;
      const answer = run.ask();
      const { id } = await opened();
      services.context.store = {
        ...store,
        transaction: () => {
          throw new StorageFull(null);
        },
      };
      await waitUntil(() => services.logged.some((line) => line.includes('the disk is full')));
      expect(store.gates.get(id)?.state).toBe('pending');
      services.context.store = store;
      expect(await answer).toEqual({ answer: 'reject', reason: 'nobody answered in time' });
      expect(store.gates.get(id)?.state).toBe('expired');
    });

    it('SRV-57: a question whose record cannot be read is rejected', async () => {
      const run = await start();
      const answer = run.ask();
      const { id } = await opened();
      replaceIn(services, 'store', ({ gates: before }) => ({ gates: { ...before, get: () => null } }));
      services.store.transaction(() =>
        services.store.events.append({ type: 'attempt.progress', actor: 'test', stepId: step.id }),
      );
      expect(await answer).toMatchObject({ answer: 'reject', reason: 'the record of the question cannot be read' });
      run.end();
      await waitUntil(() => services.store.gates.get(id)?.state === 'withdrawn');
    });
  });

  describe('answered for the whole attempt', () => {
    const edit = (paths: readonly string[], diff = '+x') => ({
      tool: 'Write',
      toolKind: 'edit' as const,
      command: null,
      paths: [...paths],
      diff,
    });
    /** Allowed for the attempt, with what it answers. */
    async function allowed(run: AskingRun, request: Partial<PermissionRequest>) {
      const answer = run.ask(request);
      const gate = await opened();
      successOf(decide(gate.id, { scope: 'attempt' }));
      await answer;
      return gate;
    }

    it('SRV-54: it answers equal questions, those that wait and those that come', async () => {
      const run = await start();
      const first = run.ask({ input: '{"command":"npm test","description":"one"}' });
      const one = await opened();
      const second = run.ask({ input: '{"command":"npm test","description":"two"}', title: 'again' });
      await opened(2);
      const other = run.ask({ command: 'npm test -- --all' });
      const longer = await opened(3);
      successOf(decide(one.id, { scope: 'attempt' }));
      expect(await Promise.all([first, second, run.ask({ input: '{"command":"npm test"}' })])).toEqual(
        Array.from({ length: 3 }, () => ({ answer: 'allow', scope: 'attempt' })),
      );
      expect(pending().map(({ id }) => id)).toEqual([longer.id]);
      const reason = `${one.id} was allowed for the attempt`;
      expect(gates().filter((gate) => gate.reason === reason)).toMatchObject([
        { state: 'approved', decidedBy: actor, scope: 'attempt', request: { title: 'again' } },
        { state: 'approved', decidedBy: actor, scope: 'attempt' },
      ]);
      successOf(decide(longer.id));
      await other;
      expect(stateNow()).toBe('running');
    });

    it.each<[string, Partial<PermissionRequest>]>([
      ['another command', { command: 'rm -rf ~' }],
      ['a longer one', { command: 'npm test; rm -rf ~' }],
      ['another folder', { cwd: '/' }],
      ['another tool', { tool: 'Shell' }],
      ['files', { paths: ['a'] }],
      ['something else that it is given', { input: '{"command":"npm test","dangerouslyDisableSandbox":true}' }],
    ])('SRV-54: a command answers nothing but itself: %s is asked anew', async (_, other) => {
      const run = await start();
      await allowed(run, {});
      const answer = run.ask(other);
      successOf(decide((await opened()).id, { action: 'reject' }));
      expect(await answer).toMatchObject({ answer: 'reject' });
      expect(await run.ask()).toEqual({ answer: 'allow', scope: 'attempt' });
    });

    it('SRV-54: what changes files answers for the same files, whatever is written, as long as they are the same', async () => {
      const run = await start();
      const path = join(run.task.worktreePath, 'a.ts');
      await allowed(run, edit([path]));
      expect(await run.ask(edit([path], '+y'))).toEqual({ answer: 'allow', scope: 'attempt' });
      symlinkSync('/etc/hosts', path);
      for (const other of [
        edit([path]),
        edit(['b.ts']),
        { ...edit([path]), command: 'rm x' },
        edit(['a.ts', 'b.ts']),
      ]) {
        const answer = run.ask(other);
        successOf(decide((await opened()).id, { action: 'reject' }));
        expect(await answer).toMatchObject({ answer: 'reject' });
      }
    });

    it('SRV-54: of a tool with neither nothing but the very same is answered', async () => {
      const run = await start();
      const query = (sql: string) => ({
        tool: 'mcp__db',
        toolKind: 'other' as const,
        title: 'Query',
        command: null,
        input: JSON.stringify({ sql }),
      });
      await allowed(run, query('select 1'));
      expect(await run.ask(query('select 1'))).toMatchObject({ answer: 'allow' });
      const answer = run.ask(query('drop table users'));
      successOf(decide((await opened()).id, { action: 'reject' }));
      expect(await answer).toMatchObject({ answer: 'reject' });
    });

    it('SRV-54: only an approved permission has a scope', async () => {
      const run = await start();
      void run.ask();
      const { id } = await opened();
      for (const scope of ['once', 'attempt'] as const) {
        expect(failureOf(decide(id, { action: 'reject', scope })).code).toBe('invalid_input');
      }
      expect(stateNow()).toBe('needs_approval');
    });
  });

  describe('of the rules', () => {
    it('SRV-55: they answer first, and the record shows question and answer', async () => {
      const rules = {
        rules: [
          { command: 'npm *', effect: 'allow' },
          { path: 'secret/*', effect: 'reject' },
        ],
        otherwise: 'reject',
      };
      const run = await start({ rules });
      const inSecret = join(run.task.worktreePath, 'secret/key');
      expect(await run.ask({ command: 'npm run x' })).toEqual({ answer: 'allow', scope: 'once' });
      expect(await run.ask({ command: 'npm x; rm y' })).toMatchObject({ answer: 'reject' });
      expect(await run.ask({ tool: 'Read', toolKind: 'read', command: null, paths: [inSecret] })).toMatchObject({
        answer: 'reject',
        reason: 'This is not allowed here. The profile asker does not allow it.',
      });
      expect(gates()).toMatchObject([
        { kind: 'permission', state: 'approved', decidedBy: 'profile:asker', reason: 'rule 1 of the profile' },
        { state: 'rejected', decidedBy: 'profile:asker', reason: 'what the profile says to anything else' },
        {
          state: 'rejected',
          decidedBy: 'profile:asker',
          reason: 'rule 2 of the profile',
          request: { paths: [inSecret] },
        },
      ]);
      expect(gates().map(({ id }) => eventsOf(id).map(({ type }) => type))).toEqual(
        Array.from({ length: 3 }, () => ['gate.decided']),
      );
      expect(stateNow()).toBe('running');
    });

    it('PERM-6: a link, and a way up, hide no place that is forbidden', async () => {
      const rules = {
        rules: [
          { path: '/etc/*', effect: 'reject' },
          { path: 'secret/*', effect: 'reject' },
          { tool: 'edit', effect: 'allow' },
        ],
      };
      const run = await start({ rules });
      const { worktreePath } = run.task;
      symlinkSync('/etc', join(worktreePath, 'innocent'));
      symlinkSync('/etc/cron.d/new-one', join(worktreePath, 'note.txt'));
      const up = '../'.repeat(40);
      const edit = (path: string) => run.ask({ tool: 'Write', toolKind: 'edit', command: null, paths: [path] });
      for (const path of ['innocent/passwd', 'note.txt', `src/${up}etc/passwd`, 'src/../secret/key', 'secret/key'])
        expect([path, (await edit(path)).answer]).toEqual([path, 'reject']);
      expect(await edit('src/a.ts')).toMatchObject({ answer: 'allow' });
    });

    it('SRV-55: a rule that rejects comes before what a person has allowed', async () => {
      const run = await start({ rules: { rules: [{ command: 'rm *', effect: 'reject' }] } });
      const first = run.ask({ command: 'ls', paths: ['a.ts'] });
      successOf(decide((await opened()).id, { scope: 'attempt' }));
      await first;
      expect(await run.ask({ command: 'rm x' })).toMatchObject({ answer: 'reject' });
      expect(await run.ask({ command: 'ls', paths: ['a.ts'] })).toMatchObject({ answer: 'allow' });
    });
  });

  describe('that nobody answers', () => {
    it('SRV-56: ends when its time is up: rejected, the gate expired, the step goes on', async () => {
      const run = await start({ rules: { expirySeconds: 1 } });
      const answer = run.ask();
      const { id } = await opened();
      expect(await answer).toEqual({ answer: 'reject', reason: 'nobody answered in time' });
      expect(services.store.gates.get(id)).toMatchObject({ state: 'expired', decidedBy: 'daemon' });
      expect(eventsOf(id).map(({ type }) => type)).toEqual(['gate.opened', 'gate.expired']);
      expect(stateNow()).toBe('running');
      expect(failureOf(decide(id)).code).toBe('gate_closed');
    });

    it('SRV-57: taken back by the agent, that one is withdrawn and no other', async () => {
      const run = await start();
      const other = run.ask({ command: 'other' });
      const kept = await opened();
      const controller = new AbortController();
      const answer = run.ask({}, controller.signal);
      const { id } = await opened(2);
      controller.abort();
      expect(await answer).toEqual({ answer: 'cancelled' });
      await waitUntil(() => services.store.gates.get(id)?.state === 'withdrawn');
      expect(services.store.gates.get(id)?.reason).toBe('the agent took its question back');
      expect([stateNow(), pending().map((gate) => gate.id)]).toEqual(['needs_approval', [kept.id]]);
      expect(await run.ask({}, AbortSignal.abort())).toEqual({ answer: 'cancelled' });
      successOf(decide(kept.id));
      await other;
      expect([stateNow(), gates().length]).toEqual(['running', 2]);
    });

    it('SRV-57, SRV-60: cancelled with the step, before the executor has ended', async () => {
      const run = await start({ lingers: true });
      const answer = run.ask();
      const { id } = await opened();
      const cancelled = cancelStep(services.context, { stepId: step.id, actor, reason: 'enough' });
      expect(await answer).toEqual({ answer: 'cancelled' });
      expect([run.stopped, stateNow()]).toEqual([['cancel'], 'running']);
      expect(await run.ask()).toEqual({ answer: 'cancelled' });
      run.end();
      expect(successOf(await cancelled).state).toBe('cancelled');
      expect(gates()).toMatchObject([
        { id, state: 'withdrawn', decidedBy: actor, reason: 'Cancelled by operator: enough' },
      ]);
      expect(services.store.attempts.get(run.task.attemptId)?.state).toBe('cancelled');
    });

    it('SRV-57, SRV-60: cancelled with the run', async () => {
      const run = await start();
      const answer = run.ask();
      await opened();
      const aborted = await abortRun(services.context, { runId: runIdOf('r1'), actor, reason: '' });
      expect(successOf(aborted).state).toBe('cancelled');
      expect([await answer, stateNow(), pending()]).toEqual([{ answer: 'cancelled' }, 'cancelled', []]);
    });

    it('SRV-57: cancelled when the executor ends', async () => {
      const run = await start();
      const answer = run.ask();
      const { id } = await opened();
      run.end();
      expect(await answer).toEqual({ answer: 'cancelled' });
      await waitUntil(() => stateNow() === 'completed');
      expect(services.store.gates.get(id)).toMatchObject({
        state: 'withdrawn',
        reason: 'the executor ended without an answer',
      });
      expect(await run.ask()).toEqual({ answer: 'cancelled' });
      expect(gates()).toHaveLength(1);
    });

    it('SRV-57: cancelled when the daemon ends', async () => {
      const run = await start();
      const answer = run.ask();
      const { id } = await opened();
      await services.dispatcher.stop();
      await services.context.live.stop(() => true, { reason: 'shutdown', actor: 'daemon', why: 'the end' });
      expect([await answer, stateNow()]).toEqual([{ answer: 'cancelled' }, 'failed_bridge']);
      expect(services.store.gates.get(id)).toMatchObject({ state: 'withdrawn', decidedBy: 'daemon' });
    });

    it('SRV-58: after a daemon that was killed: withdrawn, the attempt interrupted, and a retry asks anew', async () => {
      const run = await start();
      void run.ask();
      const { id } = await opened();
      await services.dispatcher.stop();
      await recover(services.context);
      expect(services.store.attempts.get(run.task.attemptId)).toMatchObject({
        state: 'failed_bridge',
        failureClass: 'interrupted',
      });
      expect([stateNow(), services.store.gates.get(id)?.state]).toEqual(['failed_bridge', 'withdrawn']);
      expect(failureOf(decide(id)).code).toBe('gate_closed');
      successOf(retryStep(services.context, { stepId: step.id, actor }));
      expect(stateNow()).toBe('pending');
    });
  });

  it('SRV-36, SRV-57: an attempt that cannot be finished leaves no question to anybody', async () => {
    const run = await start();
    void run.ask();
    const { id } = await opened();
    await services.dispatcher.stop();
    replaceIn(services, 'store', ({ leases }) => ({ leases: { ...leases, get: () => null } }));
    await recover(services.context);
    expect(services.logged.join('\n')).toContain('an attempt could not be finished');
    expect([stateNow(), services.store.gates.get(id)?.state]).toEqual(['needs_manual_attention', 'withdrawn']);
  });

  describe('and time', () => {
    it('SRV-59: the clock of the attempt stands still while a person is asked', async () => {
      const run = await start({ task: { timeoutSeconds: 1 }, rules: { expirySeconds: 2 } });
      expect(await run.ask()).toEqual({ answer: 'reject', reason: 'nobody answered in time' });
      expect(run.stopped).toEqual([]);
      await waitUntil(() => run.stopped.length > 0);
      expect(run.stopped).toEqual(['timeout']);
      await waitUntil(() => stateNow() === 'timeout');
      expect(await run.ask()).toEqual({ answer: 'cancelled' });
    });

    it('SRV-59: a profile limits the time of a task that says nothing of it', async () => {
      const run = await start({ limits: { wallClockSeconds: 1 } });
      await waitUntil(() => run.stopped.length > 0);
      await waitUntil(() => stateNow() === 'timeout');
      expect(services.store.steps.get(step.id)?.statusReason).toContain('timed out after 1 seconds');
    });
  });
});
