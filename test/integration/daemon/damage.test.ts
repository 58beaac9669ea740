import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { startRefusedDaemon } from '../../support/refused-daemon.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 60_000;

describe('a daemon that meets damage', { timeout: LONG_MS }, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let instance: string;

  beforeEach(async () => {
    repository = createRepository();
    await start();
    instance = z.looseObject({ id: z.string() }).parse(await get('instance')).id;
    await client.startRun('whole');
  });
  afterEach(async () => {
    await daemon.stop();
    for (const { pid } of findMarked(`${instance}:`)) process.kill(pid, 'SIGKILL');
    repository.remove();
  });

  async function start(): Promise<void> {
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
  }

  const stateFile = (name: string): string => join(repository.root, '.codencer', name);
  const database = (): string => stateFile('codencer.db');
  const get = async (path: string) => (await daemon.request('GET', `/api/v1/${path}`)).json;
  const stepOf = (attemptId: string): string => attemptId.replace(/-a\d+$/, '');

  /** Writes into the record as no daemon would. */
  function damage(...statements: readonly string[]): void {
    const db = new Database(database());
    db.pragma('foreign_keys = OFF');
    db.pragma('ignore_check_constraints = ON');
    for (const statement of statements) expect(db.prepare(statement).run().changes).toBe(1);
    db.close();
  }

  async function eventsOf(type: string): Promise<readonly Record<string, unknown>[]> {
    const events = z.array(z.looseObject({ type: z.string() })).parse(await get('events?format=json&limit=1000'));
    return events.filter((event) => event.type === type);
  }

  describe('in a row', () => {
    it('sets it aside with an event and goes on with the rest', async () => {
      await client.startRun('damaged');
      const [bad, good] = [await client.run('whole', command('true')), await client.run('whole', command('true'))];
      const lost = await client.run('damaged', command('true'));
      await daemon.stop();
      damage(
        `UPDATE steps SET spec = '{"unknown":1}' WHERE id = '${stepOf(bad.attempt_id)}'`,
        `UPDATE artifacts SET type = 'nonsense' WHERE attempt_id = '${good.attempt_id}' AND name = 'stdout.log'`,
        `UPDATE attempts SET salvage = '[]' WHERE id = '${lost.attempt_id}'`,
        "UPDATE runs SET state = 'nonsense' WHERE id = 'damaged'",
      );
      await start();

      expect(await get('runs')).toMatchObject([{ id: 'whole' }]);
      expect(await get('runs/whole/steps')).toMatchObject([{ id: stepOf(good.attempt_id), state: 'completed' }]);
      expect((await daemon.request('GET', `/api/v1/steps/${stepOf(bad.attempt_id)}`)).status).toBe(404);
      const result = await client.result(stepOf(good.attempt_id));
      expect(result.state).toBe('completed');
      expect(Object.keys(result.artifacts ?? {})).not.toContain('stdout.log');
      expect((await client.result(stepOf(lost.attempt_id))).state).toBe('completed');

      const quarantined = await eventsOf('record.quarantined');
      expect(
        quarantined.map(({ payload }) => z.looseObject({ table: z.string() }).parse(payload).table).sort(),
      ).toEqual(['artifacts', 'attempts', 'runs', 'steps']);
      expect(JSON.stringify(await get('diagnostics'))).toContain('4 rows cannot be read and are set aside');
      const audit = await get('audit/verify');
      expect(audit).toMatchObject({ ok: false, problems: Array.from({ length: 4 }, () => ({ kind: 'row' })) });
      expect((await client.run('whole', command('true'))).state).toBe('completed');
    });

    it('leaves nobody of an attempt alive whose rows cannot be read, and none of its work goes', async () => {
      const busy = command('echo work > work.txt; echo begun; sleep 300');
      const steps = [await client.submit('whole', busy), await client.submit('whole', busy)];
      const begun = (id: string) => async () =>
        (await daemon.request('GET', `/api/v1/steps/${id}/logs`)).text === 'begun\n';
      for (const { id } of steps) await waitUntil(begun(id));
      const [first, second] = steps.map(({ id }) => id);
      await daemon.kill();
      damage(
        `UPDATE steps SET spec = '{"unknown":1}' WHERE id = '${first}'`,
        `UPDATE attempts SET salvage = '[]' WHERE step_id = '${second}'`,
      );
      await start();

      expect(findMarked(`${instance}:`)).toEqual([]);
      expect(await client.step(second ?? '')).toMatchObject({ state: 'needs_manual_attention' });
      const attempt = await get(`attempts/${first}-a1`);
      expect(attempt).toMatchObject({ state: 'failed_bridge', failure_class: 'interrupted' });
      const ref = `refs/codencer/whole/${first}/${first}-a1`;
      expect(repository.git('show', `${ref}:work.txt`)).toBe('work\n');
      expect(readFileSync(stateFile(`workspace/${second}-a1/work.txt`), 'utf8')).toBe('work\n');
    });
  });

  describe('in the file of the record', () => {
    const copies = () => readdirSync(stateFile('')).filter((name) => name.includes('.damaged-'));

    it('refuses to start in one sentence, keeps evidence, and begins no other record', async () => {
      await client.run('whole', command('true'));
      await daemon.stop();
      const bytes = readFileSync(database());
      bytes.fill(0xa5, 4096, bytes.length - 4096);
      writeFileSync(database(), bytes);
      for (const again of [false, true]) {
        const refused = await startRefusedDaemon({ repoRoot: repository.root });
        expect(refused, `a second time: ${again}`).toEqual({
          exitCode: 1,
          sentence: expect.stringMatching(/^codencer: The record [^\n]+ is damaged [^\n]+$/),
        });
        const [copy = '', ...more] = copies();
        expect(more).toEqual([]);
        expect(refused.sentence).toContain(copy);
        expect(readFileSync(stateFile(copy)).equals(bytes)).toBe(true);
        expect(readFileSync(database()).equals(bytes)).toBe(true);
      }
      expect(existsSync(stateFile('instance.json'))).toBe(false);
    });

    it('refuses one of a newer version, and changes nothing of it', async () => {
      await daemon.stop();
      const db = new Database(database());
      db.pragma('user_version = 4711');
      db.close();
      const bytes = readFileSync(database());
      const refused = await startRefusedDaemon({ repoRoot: repository.root });
      expect(refused.exitCode).toBe(1);
      expect(refused.sentence).toMatch(/^codencer: [^\n]*written by a newer version of Codencer[^\n]*$/);
      expect(readFileSync(database()).equals(bytes)).toBe(true);
      expect(copies()).toEqual([]);
    });

    it('refuses when it is gone and its log is still there', async () => {
      await daemon.kill();
      expect(statSync(`${database()}-wal`).size).toBeGreaterThan(0);
      rmSync(database());
      const refused = await startRefusedDaemon({ repoRoot: repository.root });
      expect(refused).toMatchObject({
        exitCode: 1,
        sentence: expect.stringMatching(/^codencer: [^\n]*damaged[^\n]*$/),
      });
      expect(existsSync(database())).toBe(false);
    });
  });

  it('tells of an artifact that was removed or altered, and of nothing else', async () => {
    const kept = await client.run('whole', command('echo kept > a.txt; echo said; echo wrong >&2'));
    const path = (name: string): string => kept.artifacts?.[name] ?? '';
    rmSync(path('diff.patch'));
    chmodSync(path('stdout.log'), 0o644);
    writeFileSync(path('stdout.log'), 'SAID\n');

    const artifacts = z
      .array(z.looseObject({ id: z.string(), name: z.string() }))
      .parse(await get(`steps/${stepOf(kept.attempt_id)}/artifacts`));
    const idOf = (name: string): string => artifacts.find((artifact) => artifact.name === name)?.id ?? '';
    const content = (name: string) => daemon.request('GET', `/api/v1/artifacts/${idOf(name)}/content`);
    for (const name of ['diff.patch', 'stdout.log']) {
      const answer = await content(name);
      expect([answer.status, answer.headers.get('x-codencer-error')]).toEqual([410, 'artifact_damaged']);
      expect(answer.text.trim().split('\n')).toHaveLength(1);
      expect(answer.text).not.toContain('SAID');
    }
    expect((await content('stderr.log')).text).toBe('wrong\n');
    expect(await client.result(stepOf(kept.attempt_id))).toMatchObject({
      state: 'completed',
      files_changed: ['a.txt'],
    });
    const audit = z
      .looseObject({ ok: z.boolean(), problems: z.array(z.looseObject({ subject: z.string() })) })
      .parse(await get('audit/verify'));
    expect(audit.ok).toBe(false);
    expect(audit.problems.map(({ subject }) => subject).sort()).toEqual(
      [idOf('diff.patch'), idOf('stdout.log')].sort(),
    );
  });

  it('is the only one for its repository', async () => {
    const refused = await startRefusedDaemon({ repoRoot: repository.root });
    expect(refused.exitCode).toBe(1);
    expect(refused.sentence).toMatch(
      new RegExp(`^codencer: [^\\n]*process ${daemon.pid} at ${daemon.baseUrl}[^\\n]*$`),
    );
    expect((await client.run('whole', command('true'))).state).toBe('completed');
  });

  describe('in a policy', () => {
    const write = (name: string, text: string): void => {
      mkdirSync(stateFile('policies'), { recursive: true });
      writeFileSync(stateFile(`policies/${name}.yaml`), text);
    };
    const submit = (policy: string, more: object = {}) =>
      daemon.request('POST', '/api/v1/runs/whole/steps', {
        version: 'v1',
        goal: 'x',
        ...command('true'),
        policy_bundle: policy,
        ...more,
      });

    it('refuses a task that names it, in one sentence with the file, and takes the others', async () => {
      write('broken', 'gate_when: [not: closed\n');
      const refused = await submit('broken');
      expect([refused.status, refused.headers.get('x-codencer-error')]).toEqual([400, 'invalid_policy']);
      expect(refused.text).toMatch(/^[^\n]*policies\/broken\.yaml[^\n]*\n?$/);
      expect((await client.run('whole', command('true'))).state).toBe('completed');
    });

    it('never judges by a weaker one in its place', async () => {
      write('default_safe_refactor', 'version: v1\nname: default_safe_refactor\ngate_whenn: {}\n');
      for (const name of ['', 'default_safe_refactor']) {
        expect(await submit(name)).toMatchObject({ status: 400, text: expect.stringContaining('gate_whenn') });
      }
    });

    it('judges by the policy that the step was submitted under', async () => {
      write('strict', 'version: v1\nname: strict\ngate_when: { changed_files_over: 0 }\n');
      const notBefore = new Date(Date.now() + 1500).toISOString();
      const step = await submit('strict', { ...command('echo x > made.txt'), not_before: notBefore });
      const { id } = z.looseObject({ id: z.string() }).parse(step.json);
      write('strict', 'nonsense: true\n');
      await client.wait(id);
      expect(await client.result(id)).toMatchObject({ state: 'needs_approval', files_changed: ['made.txt'] });
    });
  });

  describe('in a worktree', () => {
    it('does not call complete what it could not look at', async () => {
      const go = join(repository.root, '../go');
      const step = await client.submit(
        'whole',
        command(`echo work > w.txt; until [ -e '${go}' ]; do sleep 0.02; done`),
      );
      const worktree = stateFile(`workspace/${step.id}-a1`);
      await waitUntil(() => existsSync(join(worktree, 'w.txt')));
      rmSync(worktree, { recursive: true });
      writeFileSync(go, '');
      await client.wait(step.id);
      const result = await client.result(step.id);
      expect(result).toMatchObject({ state: 'needs_manual_attention', salvage: { kept_worktree: null } });
      expect(result.summary).toContain(worktree);
      expect(result.summary).toMatch(/gone/);
      await daemon.request('POST', `/api/v1/steps/${step.id}/resolve`, { state: 'failed_terminal', reason: 'seen' });
      expect((await client.run('whole', command('true'))).state).toBe('completed');
    });

    it('keeps the commits of a program whose folder was taken away', async () => {
      const commit = 'git -c user.name=a -c user.email=a@b.invalid commit -qm made';
      const result = await client.run('whole', command(`echo work > w.txt; git add w.txt; ${commit}; rm -rf "$(pwd)"`));
      expect(result.state).toBe('needs_manual_attention');
      const [ref] = result.salvage?.refs ?? [];
      expect(repository.git('show', `${ref?.name}:w.txt`)).toBe('work\n');
    });
  });
});
