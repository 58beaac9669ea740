import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AttemptRecord } from '../../../../contract/records.ts';
import { ok } from '../../../../contract/result.ts';
import type { CanResume, ExecutorTask } from '../../../../main/daemon/adapters/executors/executor.ts';
import { advance } from '../../../../main/daemon/services/attempt-work.ts';
import { recover } from '../../../../main/daemon/services/recover.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import { startAttempt } from '../../../../main/daemon/services/start-attempt.ts';
import { createSpeakingAgent, type Script, says, saysDone } from '../../../support/speaking-agent.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { openRun, openTestServices, replaceIn, settled, submit, taskOf } from '../../../support/test-services.ts';

/** An agent that asks something the first time, and the second time says what it was told. */
async function open({ canResume = 'anywhere' }: { readonly canResume?: CanResume } = {}) {
  const services = await openTestServices();
  openRun(services);
  services.repository.write('old.txt', 'old\n');
  services.repository.git('add', '.');
  services.repository.git('commit', '-qm', 'old');
  const tasks: ExecutorTask[] = [];
  const script = (task: ExecutorTask): Script => {
    tasks.push(task);
    const isFirst = tasks.length === 1;
    const session = says({ kind: 'session', session: 'session-1' });
    const heard = says({ kind: 'message', text: '$TOLD', isDelta: false });
    const edit = { write: [join(task.worktreePath, `made-${tasks.length}.txt`), 'made\n'] } as const;
    return [
      session,
      heard,
      edit,
      ...(isFirst ? [{ say: { of: 'question', text: 'Which colour?' } } as const] : [saysDone]),
    ];
  };
  const agent = createSpeakingAgent(services.host, { script, canResume });
  replaceIn(services, 'executors', () => ({ find: () => agent, whyUnavailable: async () => null }));
  const { id } = successOf(await submit(services, taskOf({ adapterProfile: 'codex', goal: 'Paint it' })));
  services.dispatcher.start();
  const end = async () => {
    const step = await settled(services, id);
    await expect.poll(() => services.context.live.size).toBe(0);
    const attempt = services.store.attempts.newestOfStep(id);
    if (attempt === null) throw new Error('there is no attempt');
    return { step, attempt };
  };
  return { ...services, id, tasks, end };
}

describe('ACT-7: a retry that goes on with a session', () => {
  it('tells the answer in it, on top of the work that was there', async () => {
    const test = await open();
    const first = await test.end();
    expect(first.attempt).toMatchObject({ executorSession: 'session-1', questions: ['Which colour?'] });
    test.repository.write('old.txt', 'newer\n');
    test.repository.git('commit', '-qam', 'newer');
    const resume = { answer: 'Blue' };
    successOf(retryStep(test.context, { stepId: test.id, actor: 'operator', resume }));
    await expect.poll(() => test.tasks.length).toBe(2);
    const { step, attempt } = await test.end();
    expect(step.state).toBe('completed');
    expect(test.tasks[1]).toMatchObject({ resumeSession: 'session-1', prompt: 'Goal\nPaint it' });
    const told = test.tasks[1]?.message ?? '';
    expect(told).toBe(`Blue\n\nYour working directory is ${attempt.worktreePath} now; what was made so far is in it.`);
    expect(attempt.worktreePath).toBe(first.attempt.worktreePath);
    expect(attempt.filesChanged.toSorted()).toEqual(['made-1.txt', 'made-2.txt']);
    expect(attempt.baseCommit).toBe(first.attempt.baseCommit);
    const folder = test.context.evidence.logPath({ ...attempt, attemptId: attempt.id }, '');
    expect(readFileSync(join(folder, 'prompt.txt'), 'utf8')).toBe(told);
    expect(readFileSync(join(folder, 'activity.jsonl'), 'utf8')).toContain('"text":"Blue');
    const started = test.store.events.read({ after: 0, limit: 500 }).filter(({ type }) => type === 'attempt.started');
    expect(started.map(({ payload }) => payload['resumed_from'])).toEqual([undefined, first.attempt.id]);
  });

  it('tells the task again without an answer; a retry without it begins anew', async () => {
    const test = await open();
    await test.end();
    successOf(retryStep(test.context, { stepId: test.id, actor: 'operator', resume: { answer: null } }));
    await expect.poll(() => test.tasks.length).toBe(2);
    await test.end();
    expect(test.tasks[1]).toMatchObject({ resumeSession: 'session-1' });
    expect(test.tasks[1]?.message).toMatch(/^Goal\nPaint it\n\nYour working directory is /);
  });

  it('begins anew when nobody asks for the session', async () => {
    const test = await open();
    const { attempt } = await test.end();
    successOf(retryStep(test.context, { stepId: test.id, actor: 'operator' }));
    await expect.poll(() => test.tasks.length).toBe(2);
    await test.end();
    expect(test.tasks[1]).toMatchObject({ resumeSession: null, message: null });
    expect(existsSync(attempt.worktreePath)).toBe(false);
    expect(test.store.attempts.newestOfStep(test.id)?.filesChanged).toEqual(['made-2.txt']);
  });

  it('is refused where the executor cannot, in a sentence', async () => {
    const test = await open({ canResume: false });
    await test.end();
    const refused = retryStep(test.context, { stepId: test.id, actor: 'operator', resume: { answer: null } });
    expect(failureOf(refused)).toMatchObject({
      code: 'state_conflict',
      message: 'executor "codex" cannot go on with a session: retry without it',
    });
  });
});

describe('ACT-11: the folder of a session that is gone on with', () => {
  const goOn = (test: Awaited<ReturnType<typeof open>>) =>
    retryStep(test.context, { stepId: test.id, actor: 'operator', resume: { answer: 'Blue' } });
  const keep = ({ store }: Awaited<ReturnType<typeof open>>, attempt: AttemptRecord) => {
    if (attempt.salvage === null) throw new Error('it has no salvage');
    store.attempts.save({ ...attempt, salvage: { ...attempt.salvage, keptWorktree: attempt.worktreePath } });
  };

  it('is made anew, and goes with the attempt that worked in it last', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const first = await test.end();
    successOf(goOn(test));
    await expect.poll(() => test.tasks.length).toBe(2);
    expect(test.tasks[1]?.worktreePath).toBe(test.tasks[0]?.worktreePath);
    const { attempt } = await test.end();
    expect(attempt).toMatchObject({ state: 'completed', worktreePath: first.attempt.worktreePath });
    expect(attempt.filesChanged.toSorted()).toEqual(['made-1.txt', 'made-2.txt']);
    expect(existsSync(attempt.worktreePath)).toBe(false);
    expect(await test.context.workspaces.list()).toEqual([]);
  });

  it('is not made before the clean-up of the attempt before is over', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const cleaning = Promise.withResolvers<void>();
    replaceIn(test, 'workspaces', (real) => ({
      remove: async (place, salvage) => {
        await cleaning.promise;
        return real.remove(place, salvage);
      },
    }));
    await settled(test, test.id);
    successOf(goOn(test));
    await expect.poll(() => test.store.attempts.newestOfStep(test.id)?.number).toBe(2);
    expect(test.context.live.size).toBe(2);
    expect(test.tasks).toHaveLength(1);
    cleaning.resolve();
    const { attempt } = await test.end();
    expect(attempt).toMatchObject({ state: 'completed', number: 2, worktreePath: test.tasks[0]?.worktreePath });
  });

  it('is refused to an agent that needs it while a worktree is kept in it', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const { attempt } = await test.end();
    keep(test, attempt);
    expect(failureOf(goOn(test))).toMatchObject({
      code: 'state_conflict',
      message:
        `the session belongs to ${attempt.worktreePath}, which is kept for attempt ${attempt.id}:` +
        ` retry without the session, or let go of it: codencer salvage release ${attempt.id}`,
    });
  });

  it('is refused where the repository was moved: nobody finds the session there', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const { attempt } = await test.end();
    replaceIn(test, 'workspaces', () => ({ pathAgain: () => '/elsewhere' }));
    const sentence = `the session belongs to ${attempt.worktreePath}, which would be /elsewhere today: retry without it`;
    expect(failureOf(goOn(test)).message).toBe(sentence);
  });

  it('is refused as well when the worktree is found to be kept after the retry', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const { attempt } = await test.end();
    const notBeforeMs = Date.now() + 300;
    successOf(retryStep(test.context, { stepId: test.id, actor: 'operator', resume: { answer: null }, notBeforeMs }));
    keep(test, attempt);
    await expect.poll(() => test.store.attempts.newestOfStep(test.id)?.failureClass).toBe('provisioning_failed');
    expect(test.store.attempts.newestOfStep(test.id)?.summary).toContain(`which is kept for attempt ${attempt.id}`);
    expect(test.tasks).toHaveLength(1);
  });

  it('is another one for an agent that goes on anywhere; the former is not to be looked into', async () => {
    const test = await open();
    const first = await test.end();
    keep(test, first.attempt);
    successOf(goOn(test));
    await expect.poll(() => test.tasks.length).toBe(2);
    const { attempt } = await test.end();
    expect(attempt.worktreePath).not.toBe(first.attempt.worktreePath);
    expect(test.tasks[1]).toMatchObject({ resumeSession: 'session-1', worktreePath: attempt.worktreePath });
    const former = `Nothing is to be read or written in ${first.attempt.worktreePath} any more.`;
    expect(test.tasks[1]?.message).toContain(former);
  });

  it('SRV-33: is where recovery finds the work of one that was abandoned in it', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const first = await test.end();
    await test.dispatcher.stop();
    successOf(goOn(test));
    const { context, store } = test;
    const seen = store.steps.get(test.id);
    const base = first.attempt.baseCommit;
    if (seen === null || base === null) throw new Error('there is no step');
    const started = startAttempt(context, { seen, base: ok(base), owner: 'daemon:gone' });
    if (started === null) throw new Error('the step did not start');
    const { attempt, fence, resume } = started;
    const place = { runId: attempt.runId, stepId: attempt.stepId, attemptId: attempt.id };
    const worktree = successOf(await context.workspaces.create(place, base, resume?.work ?? null));
    expect(worktree.path).toBe(first.attempt.worktreePath);
    writeFileSync(join(worktree.path, 'made-2.txt'), 'made\n');
    advance(context, { attemptId: attempt.id, fence }, { to: 'running' });
    expect((await recover(context)).attempts).toEqual([attempt.id]);
    const ended = store.attempts.get(attempt.id);
    expect(ended).toMatchObject({ state: 'failed_bridge', salvage: { keptWorktree: null } });
    expect(ended?.filesChanged.toSorted()).toEqual(['made-1.txt', 'made-2.txt']);
    expect(existsSync(worktree.path)).toBe(false);
  });

  it('leaves alone what lies there by nobody’s record', async () => {
    const test = await open({ canResume: 'in_its_folder' });
    const { attempt } = await test.end();
    mkdirSync(attempt.worktreePath);
    writeFileSync(join(attempt.worktreePath, 'mine.txt'), 'mine\n');
    successOf(goOn(test));
    await expect.poll(() => test.store.attempts.newestOfStep(test.id)?.failureClass).toBe('provisioning_failed');
    await test.end();
    expect(test.store.attempts.newestOfStep(test.id)?.summary).toContain(`${attempt.worktreePath} exists already`);
    expect(readFileSync(join(attempt.worktreePath, 'mine.txt'), 'utf8')).toBe('mine\n');
  });
});
