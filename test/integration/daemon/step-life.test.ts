import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

describe('the life of a step', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;

  beforeAll(async () => {
    repository = createRepository({ 'README.md': '# test\n', 'src/a.txt': 'one\n', '.gitignore': '*.log\n' });
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
    await client.startRun('life');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  it('keeps what a command made and leaves the checkout alone', async () => {
    const result = await client.run(
      'life',
      command('echo two >> src/a.txt; echo new > made.txt; echo noise > x.log; echo said'),
    );
    expect(result).toMatchObject({ state: 'completed', exit_code: 0, files_changed: ['made.txt', 'src/a.txt'] });
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('show', `${ref?.name}:src/a.txt`)).toBe('one\ntwo\n');
    expect(repository.git('show', `${ref?.name}:x.log`)).toBe('noise\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(readFileSync(join(repository.root, 'src/a.txt'), 'utf8')).toBe('one\n');
    expect(readFileSync(result.artifacts?.['stdout.log'] ?? '', 'utf8')).toBe('said\n');
    const patch = readFileSync(result.artifacts?.['diff.patch'] ?? '', 'utf8');
    expect(patch).toContain('+two');
    expect(patch).not.toContain('noise');
    await expect.poll(() => readdirSync(join(repository.root, '.codencer/workspace'))).toEqual([]);
  });

  it('says that a simulation is one', async () => {
    const edits = [{ action: 'write', path: 'sim.txt', content: 'simulated\n' }];
    const result = await client.run('life', { adapter_profile: 'codex', is_simulation: true, simulation: { edits } });
    expect(result).toMatchObject({
      state: 'completed',
      is_simulation: true,
      summary: 'Simulated successful codex task.',
      files_changed: ['sim.txt'],
    });
  });

  it('reports a failing command with its exit code and output', async () => {
    const result = await client.run('life', command('echo out; echo err >&2; exit 7'));
    expect(result).toMatchObject({ state: 'failed_terminal', failure_class: 'command_failed', exit_code: 7 });
    expect(readFileSync(result.artifacts?.['stderr.log'] ?? '', 'utf8')).toBe('err\n');
  });

  it('fails the step when a required validation fails, and only warns otherwise', async () => {
    const validations = [
      { name: 'bad', command: 'echo seen; exit 3' },
      { name: 'good', command: 'test -f README.md && true' },
    ];
    const failed = await client.run('life', { ...command('true'), validations });
    expect(failed.state).toBe('failed_validation');
    expect(failed.validations).toMatchObject([
      { name: 'bad', state: 'failed', exit_code: 3 },
      { name: 'good', state: 'passed', exit_code: 0 },
    ]);
    const optional = validations.map((validation) => ({ ...validation, required: validation.name === 'good' }));
    const warned = await client.run('life', { ...command('true'), validations: optional });
    expect(warned.state).toBe('completed_with_warnings');
  });

  it('keeps what validations change apart from the diff', async () => {
    const validations = [{ name: 'generates', command: 'echo generated > generated.txt' }];
    const result = await client.run('life', { ...command('echo x > made.txt'), validations });
    expect(result).toMatchObject({ state: 'completed_with_warnings', files_changed: ['made.txt'] });
    const last = result.salvage?.refs[0]?.name;
    expect(repository.git('show', `${last}:generated.txt`)).toBe('generated\n');
  });

  it('retries as declared and is pending in between', async () => {
    const step = await client.submit('life', {
      ...command('echo x > made.txt'),
      validations: [
        {
          name: 'second time',
          command: `test -e ${repository.root}/../second || { touch ${repository.root}/../second; exit 1; }`,
        },
      ],
      retry: { max_attempts: 2, base_seconds: 0, on: ['validation_failed'] },
    });
    await client.wait(step.id);
    expect((await client.result(step.id)).state).toBe('completed');
    const attempts = await daemon.request('GET', `/api/v1/steps/${step.id}/attempts`);
    expect(attempts.json).toMatchObject([
      { number: 1, state: 'failed_validation' },
      { number: 2, state: 'completed' },
    ]);
    const events = await daemon.request('GET', `/api/v1/events?format=json&limit=500&step=${step.id}`);
    expect(events.text).not.toContain('failed_retryable');
  });

  it('does not retry what the rule does not name', async () => {
    const result = await client.run('life', { ...command('exit 1'), retry: { max_attempts: 3, base_seconds: 0 } });
    expect(result).toMatchObject({ state: 'failed_terminal' });
    expect(result.attempt_id).toMatch(/-a1$/);
  });

  it('warns when changes were expected and none were made', async () => {
    const result = await client.run('life', { ...command('true'), expects_changes: 'yes' });
    expect(result.state).toBe('completed_with_warnings');
  });

  it('fails a step that changes what it may not', async () => {
    const result = await client.run('life', { ...command('echo x > src/b.txt'), forbidden_paths: ['src/**'] });
    expect(result).toMatchObject({ state: 'failed_terminal', failure_class: 'policy' });
    expect(result.salvage?.refs).not.toEqual([]);
  });

  it('ends everything of an attempt that runs out of time, and keeps its work', async () => {
    const result = await client.run('life', {
      ...command('echo before > before.txt; (setsid sleep 300 &) ; sleep 300'),
      timeout_seconds: 1,
    });
    expect(result).toMatchObject({ state: 'timeout', failure_class: 'timeout', files_changed: ['before.txt'] });
    expect(marked(result.attempt_id)).toEqual([]);
  });

  it('cancels a step in flight and answers when nobody is left', async () => {
    const step = await client.submit('life', command('echo started; trap "" TERM; sleep 300 & wait'));
    await waitForState(step.id, 'running');
    const answer = await daemon.request('POST', `/api/v1/steps/${step.id}/cancel`, { reason: 'changed my mind' });
    expect(answer.status).toBe(200);
    const result = await client.result(step.id);
    expect(result).toMatchObject({ state: 'cancelled', failure_class: 'cancelled' });
    expect(marked(result.attempt_id)).toEqual([]);
  });

  it('runs by priority, then by time', async () => {
    await client.startRun('order');
    const blockers = await Promise.all(
      [1, 2, 3, 4].map(() =>
        client.submit('order', { adapter_profile: 'simulation', simulation: { duration_ms: 300 } }),
      ),
    );
    const low = await client.submit('order', { adapter_profile: 'simulation', priority: -1 });
    const first = await client.submit('order', { adapter_profile: 'simulation' });
    const second = await client.submit('order', { adapter_profile: 'simulation' });
    const high = await client.submit('order', { adapter_profile: 'simulation', priority: 5 });
    const all = [...blockers, low, first, second, high];
    for (const step of all) await client.wait(step.id);
    const started = await startedSteps('order');
    expect(started.slice(4)).toEqual([high.id, first.id, second.id, low.id]);
  });

  it('refuses in one sentence what cannot be done, and stores nothing', async () => {
    const cases: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
      [{ adapter_profile: 'nobody' }, /there is no executor "nobody"/],
      [{ adapter_profile: 'command' }, /recipe/],
      [{ adapter_profile: 'claude' }, /not available/],
      [{ ...command('true'), policy_bundle: 'nope' }, /there is no policy "nope"/],
      [{ ...command('true'), base_ref: 'no-such-branch' }, /no-such-branch/],
      [{ ...command('true'), run_id: 'other' }, /does not match/],
      [{ ...command('true'), step_id: '../escape' }, /step_id/],
      [{ ...command('true'), timeout_seconds: -1 }, /timeout_seconds/],
      [{ ...command('true'), recipe: { steps: 'x' } }, /recipe/],
    ];
    const before = await client.step('none').catch(() => null);
    for (const [task, message] of cases) {
      const answer = await daemon.request('POST', '/api/v1/runs/life/steps', { version: 'v1', goal: 'x', ...task });
      expect([answer.status, answer.text], JSON.stringify(task)).toEqual([400, expect.stringMatching(message)]);
      expect(answer.text.trim().split('\n')).toHaveLength(1);
    }
    expect(before).toBeNull();
    const unknown = await daemon.request('POST', '/api/v1/runs/unknown/steps', { version: 'v1', goal: 'x' });
    expect(unknown.status).toBe(404);
  });

  it('aborts a run: what runs ends, what waits is cancelled, nothing more is taken', async () => {
    await client.startRun('abort');
    const running = await client.submit('abort', command('sleep 300'));
    const waiting = await client.submit('abort', { ...command('true'), not_before: '2099-01-01T00:00:00Z' });
    await waitForState(running.id, 'running');
    const answer = await daemon.request('PATCH', '/api/v1/runs/abort', { action: 'abort' });
    expect(answer.status).toBe(200);
    expect(await client.runState('abort')).toBe('cancelled');
    expect((await client.step(running.id)).state).toBe('cancelled');
    expect((await client.step(waiting.id)).state).toBe('cancelled');
    const late = await daemon.request('POST', '/api/v1/runs/abort/steps', {
      version: 'v1',
      goal: 'x',
      ...command('true'),
    });
    expect(late.status).toBe(400);
  });

  it('closes a run when it is idle if it was asked to, failed when a required step failed', async () => {
    await client.startRun('closing', { close_when_idle: true });
    await client.run('closing', { ...command('exit 1'), required: false });
    expect(await client.runState('closing')).toBe('completed');
    await client.startRun('open');
    await client.run('open', command('exit 1'));
    expect(await client.runState('open')).toBe('running');
    await daemon.request('POST', '/api/v1/runs/open/complete');
    expect(await client.runState('open')).toBe('failed');
  });

  it('records a chain that verifies', async () => {
    const answer = await daemon.request('GET', '/api/v1/audit/verify');
    expect(answer.json).toMatchObject({ ok: true });
  });

  async function waitForState(stepId: string, state: string): Promise<void> {
    await expect.poll(async () => (await client.step(stepId)).state, { timeout: 10_000, interval: 20 }).toBe(state);
  }

  async function startedSteps(runId: string): Promise<readonly string[]> {
    const answer = await daemon.request('GET', `/api/v1/events?format=json&limit=500&run=${runId}`);
    const events: unknown = answer.json;
    if (!Array.isArray(events)) throw new Error(answer.text);
    return events.filter((event) => event.type === 'attempt.started').map((event) => String(event.step_id));
  }

  /** Pids of living processes that carry the mark of an attempt. */
  function marked(attemptId: string): readonly string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        const path = `/proc/${pid}/environ`;
        try {
          return existsSync(path) && readFileSync(path, 'latin1').includes(attemptId);
        } catch {
          return false; // gone meanwhile, or not ours to read
        }
      });
  }
});
