import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliRepository, commandTask, createCliRepository } from '../../support/cli-repository.ts';
import { startOnTerminal } from '../../support/pty-cli.ts';
import { linesOnScreen } from '../../support/screen-of.ts';
import { byRoute, type StubAnswer, startStub } from '../../support/stub-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 60_000;

/** A daemon with one run, in which a step waits until the file `go` is there. */
async function startStep({ cli, root }: CliRepository) {
  const task = commandTask([`until test -e '${root}/go'; do sleep 0.05; done`], { title: 'Waits for a file' });
  writeFileSync(join(root, '../task.json'), task);
  await cli('up');
  await cli('run', 'start', 'r1');
  const { stdout } = await cli('submit', 'r1', '--task-json', '../task.json');
  const { id: stepId }: { readonly id: string } = JSON.parse(stdout);
  return { stepId, letGo: () => writeFileSync(join(root, 'go'), '') };
}

/** Modes such as a hidden cursor or another screen would stay behind a program that is killed. */
const MODES = '\x1b[?';

describe('step watch on a terminal (CLI-23)', { timeout: LONG_MS }, () => {
  it('is drawn in one place and ends as a wait does', async () => {
    const repository = createCliRepository();
    const { stepId, letGo } = await startStep(repository);
    const watched = startOnTerminal(['step', 'watch', stepId], { cwd: repository.root });
    const runsForSeconds = new RegExp(`^step ${stepId} {2}running {2}([2-9]|\\d\\d) s`);
    await waitUntil(() => runsForSeconds.test(linesOnScreen(watched.output())[0] ?? ''));
    expect(linesOnScreen(watched.output()).at(-1)).toBe('Ctrl-C stops watching; the work goes on.');
    letGo();
    expect(await watched.ended).toBe(0);
    const lines = linesOnScreen(watched.output());
    expect(lines[0]).toMatch(new RegExp(`^step ${stepId}  completed  \\d+ s  Waits for a file$`));
    expect(lines.filter((line) => line.startsWith(`step ${stepId}`))).toHaveLength(1);
    expect(lines.join('\n')).not.toContain('Ctrl-C');
    expect(lines).toContain(`Step ${stepId}: completed`);
    expect(watched.output()).not.toContain(MODES);
  });

  it('ends on Ctrl-C with a clean terminal, and the work goes on', async () => {
    const repository = createCliRepository();
    const { stepId, letGo } = await startStep(repository);
    const watched = startOnTerminal(['run', 'watch', 'r1'], { cwd: repository.root });
    await waitUntil(() => linesOnScreen(watched.output()).some((line) => line.startsWith(stepId)));
    watched.type('\x03');
    expect(await watched.ended).toBe(130);
    expect(linesOnScreen(watched.output()).slice(-2)).toEqual(['Stopped watching; run r1 goes on.', '']);
    expect(watched.output()).not.toContain(MODES);
    letGo();
    expect((await repository.cli('step', 'wait', stepId)).exitCode).toBe(0);
  });

  it('survives a daemon that is killed and comes back', async () => {
    const repository = createCliRepository();
    const { stepId } = await startStep(repository);
    const watched = startOnTerminal(['step', 'watch', stepId], { cwd: repository.root });
    await waitUntil(() => watched.output().includes('running'));
    repository.killDaemon();
    await waitUntil(() => linesOnScreen(watched.output()).at(-1)?.includes('trying again for 10 s') === true);
    await repository.cli('up');
    expect(await watched.ended).toBe(5);
    expect(linesOnScreen(watched.output())[0]).toContain(`step ${stepId}  failed_bridge`);
  });
});

describe('a wait on a terminal (CLI-23)', { timeout: LONG_MS }, () => {
  it('shows state, time and progress on one line, which goes away', async () => {
    const repository = createCliRepository();
    const { stepId, letGo } = await startStep(repository);
    const waiting = startOnTerminal(['step', 'wait', stepId], { cwd: repository.root });
    await waitUntil(() => linesOnScreen(waiting.output()).at(-1)?.startsWith(`step ${stepId}  running  `) === true);
    letGo();
    expect(await waiting.ended).toBe(0);
    const lines = linesOnScreen(waiting.output());
    expect(lines[0]).toBe(`Waiting for step ${stepId}. Ctrl-C stops the waiting, not the work.`);
    expect(lines[1]).toBe(`Step ${stepId}: completed`);
  });
});

describe('a list on a terminal (CLI-18)', () => {
  it.each([60, 100])('fits its %d columns, in colour', async (columns) => {
    const title = 'A title that is much longer than what a terminal has room for in one line of a table';
    const row = { id: 'step-0123456789ab', title, state: 'running', updated_at: '2026-11-20T06:37:00Z' };
    const stub = await startStub(byRoute({ 'GET /api/v1/runs/r1/steps': { body: [row] } }));
    const options = { cwd: '/', columns, env: { ORCHESTRATORD_URL: stub.url } };
    const listed = startOnTerminal(['step', 'list', 'r1'], options);
    expect(await listed.ended).toBe(0);
    const lines = linesOnScreen(listed.output());
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    expect(lines[2]).toMatch(/^step-0123456789ab A title .*… +running/);
    expect(listed.output()).toContain('\x1b[36mrunning\x1b[0m');
    const plain = startOnTerminal(['step', 'list', 'r1'], { ...options, env: { ...options.env, NO_COLOR: '1' } });
    await plain.ended;
    expect(plain.output()).not.toContain('\x1b[36m');
  });
});

describe('a long wait on a terminal (CLI-23)', () => {
  it('says what for and how long, and leaves nothing behind', async () => {
    const answered = Promise.withResolvers<StubAnswer>();
    const stub = await startStub(byRoute({ 'GET /api/v1/audit/verify': () => answered.promise }));
    const checking = startOnTerminal(['audit', 'verify'], { cwd: '/', env: { ORCHESTRATORD_URL: stub.url } });
    await waitUntil(() => /Every event and artifact is checked, ([2-9]|\d\d) s/.test(checking.output()));
    answered.resolve({ body: { ok: true, events: 3, artifacts: 2, problems: [] } });
    expect(await checking.ended).toBe(0);
    expect(linesOnScreen(checking.output())).toEqual(['The record holds (3 events, 2 artifacts).', '']);
  });
});
