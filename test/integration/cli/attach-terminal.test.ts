import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPids } from '../../../main/daemon/adapters/process/process-table.ts';
import { type CliRepository, createCliRepository } from '../../support/cli-repository.ts';
import { commandLineOf } from '../../support/command-line.ts';
import { startOnTerminal } from '../../support/pty-cli.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LONG_MS = 40_000;
const TALKER = `'${process.execPath}' '${join(import.meta.dirname, '../../fixtures/programs/terminal-talker.mjs')}'`;
const DETACH = '\x1dd';

/** A daemon with an attempt on a terminal. */
async function startTalk(repository: CliRepository, run = TALKER): Promise<string> {
  const { root, cli } = repository;
  mkdirSync(join(root, '.codencer/executors'), { recursive: true });
  const profile = { agent: 'command', terminal: true, recipe: { steps: [{ run }] } };
  writeFileSync(join(root, '.codencer/executors/talker.yaml'), JSON.stringify(profile));
  await cli('up');
  await cli('run', 'start', 'r1');
  const { stdout } = await cli('submit', 'r1', '--goal', 'talk', '--adapter', 'talker');
  const { id }: { readonly id: string } = JSON.parse(stdout);
  await waitUntil(async () => (await cli('step', 'state', id)).stdout.includes('running'));
  return `${id}-a1`;
}

/** Then tells the modes of the terminal that it leaves. */
const attachAndLook = (attemptId: string, { root }: CliRepository) =>
  startOnTerminal(['attach', attemptId], {
    cwd: root,
    after: 'stty -a | grep -o "[-]*\\(icanon\\|opost\\)" | tr "\\n" " "',
  });

/** Whose arguments end so. */
const processesOf = (words: string): readonly number[] =>
  listPids().filter((pid) => commandLineOf(pid).replaceAll('\0', ' ').trim().endsWith(words));

const sees = (terminal: { readonly output: () => string }, text: string) =>
  waitUntil(() => terminal.output().includes(text));

describe('TERM-10: attach on a terminal', { timeout: LONG_MS }, () => {
  it('shows, types, has the size of the window, detaches, comes back, and tells the end', async () => {
    const repository = createCliRepository();
    const attempt = await startTalk(repository);
    const first = attachAndLook(attempt, repository);
    await sees(first, 'size 100x30');
    expect(first.output()).toContain(`Attached to ${attempt}. Ctrl-] then d detaches; the program goes on.`);
    first.type('hello\r');
    await sees(first, 'heard hello');
    first.type(DETACH);
    expect(await first.ended).toBe(0);
    expect(first.output()).toContain(`Detached; the program goes on. Again: codencer attach ${attempt}`);
    expect(first.output().trim().split('\n').at(-1)?.trim()).toBe('opost icanon');

    const second = attachAndLook(attempt, repository);
    await sees(second, 'heard hello');
    second.type('bye\r');
    expect(await second.ended).toBe(0);
    expect(second.output()).toMatch(/The program has ended with exit status 7; attempt \S+ is failed_terminal/);
    expect(second.output().trim().split('\n').at(-1)?.trim()).toBe('opost icanon');

    const late = startOnTerminal(['attach', attempt], { cwd: repository.root });
    expect(await late.ended).toBe(5);
    expect(late.output()).toContain(`attempt ${attempt} has ended: failed_terminal`);
  });

  it('gives Ctrl-C to the program, undoes what that did to the screen, and restores the terminal when the daemon dies', async () => {
    const repository = createCliRepository();
    const attempt = await startTalk(
      repository,
      `trap 'echo interrupted' INT; printf '\\033[?1049h\\033[?25lready'; while :; do sleep 0.1; done`,
    );
    const terminal = attachAndLook(attempt, repository);
    await sees(terminal, 'ready');
    terminal.type('\x03');
    await sees(terminal, 'interrupted');
    repository.killDaemon();
    expect(await terminal.ended).toBe(0);
    expect(terminal.output()).toContain('\x1b[?1049l\x1b[?25h');
    expect(terminal.output()).toContain('the daemon went away');
    expect(terminal.output().trim().split('\n').at(-1)?.trim()).toBe('opost icanon');
  });

  it('tells the program that the window has another size, and restores the terminal when somebody ends it', async () => {
    const repository = createCliRepository();
    const attempt = await startTalk(repository);
    const terminal = attachAndLook(attempt, repository);
    await sees(terminal, 'size 100x30');
    const [pid] = processesOf(`attach ${attempt}`);
    execFileSync('stty', ['-F', `/proc/${pid}/fd/1`, 'cols', '66', 'rows', '22']);
    await sees(terminal, 'size 66x22');
    process.kill(pid ?? 0, 'SIGTERM');
    expect(await terminal.ended).toBe(0);
    expect(terminal.output()).toContain('left with 143');
    expect(terminal.output().trim().split('\n').at(-1)?.trim()).toBe('opost icanon');
  });

  it('wants a terminal', async () => {
    const repository = createCliRepository();
    const { exitCode, stderr } = await repository.cli('attach', 'x-a1');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('attach needs a terminal: the keyboard and the screen of whoever calls it');
  });
});
