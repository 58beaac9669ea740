import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findMarked } from '../../../../../main/daemon/adapters/process/environment-mark.ts';
import {
  isSameProcess,
  readProcess,
  readProcessTable,
} from '../../../../../main/daemon/adapters/process/process-table.ts';
import { stopTree } from '../../../../../main/daemon/adapters/process/stop-tree.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const fixture = (name: string) => join(import.meta.dirname, '../../../../fixtures/programs', name);

let marks = 0;
const newMark = () => {
  marks += 1;
  return `stop-tree-${process.pid}-${marks}.`;
};

/** Starts a marked fixture as a leader and gives its first line. */
async function startLeader(mark: string, name: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'], CODENCER_MARK: mark };
  const child = spawn(process.execPath, [fixture(name), ...args], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => endLeader(child, mark));
  const lines = createInterface({ input: child.stdout });
  const [firstLine] = await once(lines, 'line');
  const pid = child.pid ?? 0;
  return {
    child,
    lines,
    firstLine: String(firstLine),
    leader: { pid, startTicks: readProcess(pid)?.startTicks ?? '' },
  };
}

async function endLeader(child: ChildProcess, mark: string) {
  child.kill('SIGKILL');
  await stopTree({ leader: null, mark }, { graceMs: 0 });
}

describe('stopping a tree', () => {
  it('PROC-2: lets a leader clean up with its children before it asks them', async () => {
    const mark = newMark();
    const { lines, firstLine, leader } = await startLeader(mark, 'clean-up-slowly.mjs', '300');
    const said = once(lines, 'line');
    const report = await stopTree({ leader, mark }, { graceMs: 5000 });
    const child = Number(firstLine.split(' ')[1]);
    expect(await said).toEqual(['child lived']);
    expect(report).toMatchObject({ killed: [], left: [] });
    expect(new Set(report.ended)).toEqual(new Set([leader.pid, child]));
    expect(report.durationMs).toBeGreaterThanOrEqual(300);
  });

  it('PROC-2: asks the others after half of the grace, then kills whoever still lives', async () => {
    const mark = newMark();
    const { lines, firstLine, leader } = await startLeader(mark, 'clean-up-slowly.mjs', '600000');
    const report = await stopTree({ leader, mark }, { graceMs: 400 });
    const child = Number(firstLine.split(' ')[1]);
    lines.close();
    expect(report).toMatchObject({ ended: [child], killed: [leader.pid], left: [] });
  });

  it.each(['brood', 'comet', 'comet-setsid'])(
    'PROC-2, PROC-3, PROC-14: ends a program that forks endlessly: %s',
    async (how) => {
      const mark = newMark();
      const { leader } = await startLeader(mark, 'fork-endlessly.mjs', how);
      const report = await stopTree({ leader, mark }, { graceMs: 300 });
      expect(report.left).toEqual([]);
      expect(report.killed.length).toBeGreaterThan(0);
      expect(findMarked(mark)).toEqual([]);
      expect(isSameProcess(leader)).toBe(false);
    },
  );

  it.each(['plain', 'new-session', 'double-fork', 'no-environment', 'stopped', 'ignoring'])(
    'PROC-3: reaches a child that is %s through its living leader',
    async (how) => {
      const mark = newMark();
      const { firstLine, leader } = await startLeader(mark, 'leave-child.mjs', how, 'stay');
      const child = Number(firstLine.split(' ')[1]);
      const report = await stopTree({ leader, mark }, { graceMs: 300 });
      expect(report.left).toEqual([]);
      expect(new Set([...report.ended, ...report.killed])).toEqual(new Set([leader.pid, child]));
      expect(report.killed).toEqual(how === 'ignoring' ? [child] : []);
    },
  );

  it.each(['plain', 'new-session', 'double-fork', 'no-environment'])(
    'after a restart finds a child that is %s by the mark or by its parent alone',
    async (how) => {
      const mark = newMark();
      const { firstLine, leader } = await startLeader(mark, 'leave-child.mjs', how, 'stay');
      const child = Number(firstLine.split(' ')[1]);
      const report = await stopTree({ leader: null, mark }, { graceMs: 2000 });
      expect(new Set(report.ended)).toEqual(new Set([leader.pid, child]));
    },
  );

  it('PROC-4, PROC-5: leaves everybody else alone, also with a mark that begins the same or a pid that came again', async () => {
    const mark = newMark();
    const { leader: stranger } = await startLeader(`${mark}0`, 'ignore-sigterm.mjs');
    const { leader } = await startLeader(mark, 'ignore-sigterm.mjs');
    const impostor = { pid: stranger.pid, startTicks: `${stranger.startTicks}0` };
    const report = await stopTree({ leader: impostor, mark }, { graceMs: 0, knownMembers: [impostor] });
    expect(report).toMatchObject({ ended: [], killed: [], left: [] });
    expect(await stopTree({ leader: null, mark }, { graceMs: 0 })).toMatchObject({ killed: [leader.pid], left: [] });
    expect(isSameProcess(stranger)).toBe(true);
  });

  it('PROC-5: never ends itself nor those it descends from, although they carry the mark', async () => {
    const mark = newMark();
    const env = { PATH: process.env['PATH'], CODENCER_MARK: mark };
    const command = `"${process.execPath}" "${fixture('stop-own-mark.mjs')}"; echo "shell lives"`;
    const shell = spawn('/bin/sh', ['-c', command], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => endLeader(shell, mark));
    const [line = '', lastLine] = await linesOf(shell);
    const { report, child, parent } = JSON.parse(line);
    expect(report).toMatchObject({ ended: [child], killed: [], left: [] });
    expect(parent).toBe(shell.pid);
    expect(lastLine).toBe('shell lives');
  });

  it('PROC-6: names who could not be ended', async () => {
    const target = await someoneElsesProcess();
    if (target === undefined) return; // a container in which every process is ours
    const args = [fixture('stop-as-nobody.mjs'), String(target.pid), target.startTicks];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line = ''] = await linesOf(child);
    expect(JSON.parse(line)).toMatchObject({ ended: [], killed: [], left: [target.pid] });
    expect(isSameProcess(target)).toBe(true);
  });

  it('is over at once when nobody is there', async () => {
    const report = await stopTree({ leader: null, mark: newMark() }, { graceMs: 60_000 });
    expect(report).toMatchObject({ ended: [], killed: [], left: [] });
  });

  it('finds a process whose environment is gone once its marked parent was seen', async () => {
    const mark = newMark();
    const { firstLine, leader } = await startLeader(mark, 'leave-child.mjs', 'no-environment', 'stay');
    const child = Number(firstLine.split(' ')[1]);
    process.kill(leader.pid, 'SIGSTOP');
    await waitUntil(() => readProcess(leader.pid)?.state === 'T');
    expect(await stopTree({ leader: null, mark }, { graceMs: 2000 })).toMatchObject({ killed: [], left: [] });
    expect([leader.pid, child].map(readProcess)).toEqual([null, null]);
  });
});

async function linesOf(child: ChildProcess): Promise<readonly string[]> {
  if (child.stdout === null) throw new Error('the child has no output');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  return lines;
}

/** A process that this user, or nobody when this user is root, must not signal. */
async function someoneElsesProcess(): Promise<{ pid: number; startTicks: string } | undefined> {
  if (process.getuid?.() !== 0)
    return [...readProcessTable().values()].find((entry) => entry.pid > 1 && !maySignal(entry.pid));
  const { leader } = await startLeader(newMark(), 'ignore-sigterm.mjs');
  return leader;
}

function maySignal(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
