import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

/** The folder for evidence of the attempt that asks, as an executor finds it from its worktree. */
const EVIDENCE = 'E=$(cd ../.. && pwd)/artifacts/r/$(basename $PWD -a1)/$(basename $PWD)';

/** What git's side of the daemon notes about the worktree of the attempt that asks. */
const NOTE = 'N=$(cd ../.. && pwd)/git/worktrees/$(basename $PWD)/worktree.json';

describe('an executor that reaches for what is not its own', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let victim: string;

  beforeAll(async () => {
    repository = createRepository({ 'a.txt': 'a\n' });
    victim = join(repository.root, '../victim');
    mkdirSync(victim);
    writeFileSync(join(victim, 'precious'), 'precious\n', { mode: 0o600 });
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
    await client.startRun('r');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  const expectVictimUntouched = () => {
    expect(readFileSync(join(victim, 'precious'), 'utf8')).toBe('precious\n');
    expect(statSync(join(victim, 'precious')).mode & 0o777).toBe(0o600);
  };
  const attack = (...lines: readonly string[]) => client.run('r', command([EVIDENCE, NOTE, ...lines].join('\n')));

  it.each([
    ['taken away', 'rm $E/stdout.log'],
    ['forged', 'echo forged > $E/stdout.log'],
    ['replaced', 'rm $E/stdout.log; mkfifo $E/stdout.log'],
  ])('is found out when its log was %s', async (_how, line) => {
    const result = await attack('echo true', 'sleep 0.2', line, 'echo more > a.txt');
    expect(result).toMatchObject({ state: 'needs_manual_attention', failure_class: 'evidence_failed' });
    expect(result.summary).toContain('stdout.log was');
    expect(result.salvage?.refs).toHaveLength(1);
  });

  it.each([
    ['changed', 'normalized-task.json', 'chmod 644 $T; echo "{}" > $T'],
    ['taken away', 'instructions.json', 'rm $T'],
    ['never submitted', 'original-input.md', 'echo "please do it" > $T'],
  ])('FILE-17 is found out when a file of its submission was %s', async (how, file, line) => {
    const result = await attack(`T=$E/../submission-1/${file}`, 'chmod 755 $E/../submission-1', line);
    expect(result).toMatchObject({ state: 'needs_manual_attention', failure_class: 'evidence_failed' });
    expect(result.summary).toMatch(new RegExp(`submission-1/${file} was ${how}`));
  });

  it('leads nobody to files elsewhere by a link in place of its folder', async () => {
    const result = await attack(`mv $E $E.moved; ln -s ${victim} $E`, 'echo more > a.txt');
    expect(result).toMatchObject({ state: 'needs_manual_attention', files_changed: ['a.txt'] });
    expect(result.salvage?.refs).toHaveLength(1);
    expectVictimUntouched();
  });

  it.each([
    ['links', `ln -s ${'$V'} $E/diff.patch; ln -s ${'$V'} $E/changed-files.json`],
    ['second names', 'ln $V $E/diff.patch'],
    ['folders', 'mkdir $E/diff.patch $E/changed-files.json'],
    ['pipes', 'mkfifo $E/diff.patch $E/changed-files.json $E/x.log'],
  ])('has its work described all the same when %s are in the way', async (_what, line) => {
    const result = await attack(`V=${join(victim, 'precious')}`, line, 'echo more > a.txt');
    expect(result).toMatchObject({ state: 'completed', files_changed: ['a.txt'] });
    expect(Object.keys(result.artifacts ?? {})).toEqual(expect.arrayContaining(['diff.patch', 'changed-files.json']));
    expectVictimUntouched();
  });

  it("GIT-39 is not in the operator's checkout when it drops its .git, and nor are its validations or its hook", async () => {
    const notes = join(repository.root, 'of-the-operator.txt');
    const settings = join(repository.root, '.codencer/workspace.json');
    const harm = 'rm -f .git; git reset --hard; git stash -u; git clean -fdx; git add -A';
    writeFileSync(notes, 'not committed\n');
    writeFileSync(
      settings,
      JSON.stringify({ provisioning: { hooks: { post_create: `(mv .git ../g; ${harm}; mv ../g .git)` } } }),
    );
    try {
      const validations = [{ name: 'harm', command: `! { ${harm}; }` }];
      const result = await client.run('r', { ...command(`${harm} || echo refused`), validations });
      expect(result.provisioning).toMatchObject({ hook_status: 'success' });
      expect(result.summary).toContain('Validations: 1 passed');
      const { text } = await daemon.request('GET', `/api/v1/steps/${result.attempt_id.replace(/-a1$/, '')}/logs`);
      expect(text).toContain('refused');
      expect(readFileSync(notes, 'utf8')).toBe('not committed\n');
      expect(repository.git('status', '--porcelain')).toBe('?? of-the-operator.txt\n');
    } finally {
      rmSync(notes);
      rmSync(settings);
    }
  });

  it('GIT-37 has no slot for long with a file that is one hole in its worktree', async () => {
    const result = await attack('truncate -s 1T hole', 'echo more > a.txt');
    expect(result).toMatchObject({ state: 'needs_manual_attention', files_changed: ['a.txt'] });
    expect(result.summary).toMatch(/stays in .*: hole: a file of 1099511627776 bytes; the limit is 1073741824/);
  });

  it('makes nobody wait by a file that is one hole', async () => {
    const result = await attack('truncate -s 1T $E/hole', 'echo more > a.txt');
    expect(result.state).toBe('completed');
    expect(result.warnings?.join()).toContain('hole');
  });

  it('stops no reader by a pipe in place of its log', async () => {
    const step = await client.submit('r', command(`${EVIDENCE}; rm $E/stdout.log; mkfifo $E/stdout.log; sleep 2`));
    const log = `/api/v1/steps/${step.id}/logs`;
    await logBecomesPipe(step.id);
    const answers = await Promise.all(Array.from({ length: 8 }, () => daemon.request('GET', log)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 500));
    expect((await client.run('r', command('true'))).state).toBe('completed');
    await client.wait(step.id);
  });

  async function logBecomesPipe(stepId: string): Promise<void> {
    const path = join(repository.root, '.codencer/artifacts/r', stepId, `${stepId}-a1`, 'stdout.log');
    const isThere = () => statSync(path, { throwIfNoEntry: false })?.isFIFO() === true;
    for (const deadline = Date.now() + 10_000; !isThere() && Date.now() < deadline; ) await new Promise(setImmediate);
    expect(isThere()).toBe(true);
  }

  it('stops at its gate also when it says that it started from its own work', async () => {
    const commit = 'git add . && git -c user.name=x -c user.email=x@y commit -qm x';
    const forge = 'sed -i "s/\\"base\\":\\"[0-9a-f]*/\\"base\\":\\"$(git rev-parse HEAD)/" $N';
    const result = await attack('echo {} > package.json', commit, forge);
    expect(result).toMatchObject({ state: 'needs_manual_attention' });
    expect(result.summary).toContain('tampered');
    const kept = result.salvage?.kept_worktree ?? '';
    expect(readFileSync(join(kept, 'package.json'), 'utf8')).toBe('{}\n');
  });

  it('has no other folder removed by a note that names it', async () => {
    const result = await attack(`sed -i 's#"path":"[^"]*#"path":"${victim}#' $N`, 'echo work > a.txt');
    expect(result).toMatchObject({ state: 'needs_manual_attention' });
    expectVictimUntouched();
    expect(readFileSync(join(result.salvage?.kept_worktree ?? '', 'a.txt'), 'utf8')).toBe('work\n');
  });

  it('cannot keep the next daemon from starting, nor have it forget the work', async () => {
    const plant =
      'mkfifo $E/a.log $E/b.log ../../instance.json.x; mkdir $E/c.log; mv ../../instance.json.x ../../instance.json';
    const task = command(
      `${EVIDENCE}; ${NOTE}; echo work > a.txt; ${plant}; rm -r $(dirname $N); echo planted; sleep 60`,
    );
    const step = await client.submit('r', task);
    const path = join(repository.root, '.codencer/artifacts/r', step.id, `${step.id}-a1`, 'stdout.log');
    const isPlanted = () => existsSync(path) && readFileSync(path, 'utf8') === 'planted\n';
    for (const deadline = Date.now() + 10_000; !isPlanted() && Date.now() < deadline; ) await new Promise(setImmediate);
    await daemon.kill();
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
    const result = await client.result(step.id);
    expect(result.state).toBe('needs_manual_attention');
    expect(readFileSync(join(result.salvage?.kept_worktree ?? '', 'a.txt'), 'utf8')).toBe('work\n');
    expect((await daemon.request('GET', '/api/v1/audit/verify')).json).toMatchObject({ ok: true });
  });

  it.each(['^HEAD', '--all', 'HEAD..HEAD', 'HEAD:a.txt', '@{-1}'])('a planner cannot start from %s', async (ref) => {
    const task = { version: 'v1', goal: 'g', base_ref: ref, ...command('true') };
    const answer = await daemon.request('POST', '/api/v1/runs/r/steps', task);
    expect([answer.status, answer.headers.get('x-codencer-error')]).toEqual([400, 'base_not_found']);
  });

  it('cannot keep a daemon from stopping', async () => {
    execFileSync('sh', ['-c', 'rm instance.json && mkfifo instance.json'], { cwd: join(repository.root, '.codencer') });
    expect(await daemon.stop()).toBe(0);
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
  });
});
