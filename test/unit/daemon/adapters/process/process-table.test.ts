import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environmentMarkOf, findMarked } from '../../../../../main/daemon/adapters/process/environment-mark.ts';
import {
  ancestorsOf,
  isSameProcess,
  parseStat,
  readProcess,
  readProcessTable,
} from '../../../../../main/daemon/adapters/process/process-table.ts';

const statLine = (name: string, flags = 4194304) =>
  `42 (${name}) S 7 40 41 0 -1 ${flags} 1 2 3 4 5 6 7 8 20 0 3 0 987654 1 2 3`;

async function startIdle(env: Record<string, string>, detached = false) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60000)'], { stdio: 'ignore', env, detached });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await once(child, 'spawn');
  return { child, pid: child.pid ?? 0 };
}

describe('process table', () => {
  it('reads a line of the kernel, whatever the process is called', () => {
    const entry = {
      pid: 42,
      ppid: 7,
      pgid: 40,
      sid: 41,
      state: 'S',
      threads: 3,
      startTicks: '987654',
      isKernelThread: false,
    };
    expect(parseStat(statLine('sh'))).toEqual(entry);
    expect(parseStat(statLine('a) R 1 (b c'))).toEqual(entry);
    expect(parseStat(statLine('kworker/0:1', 69238880))).toMatchObject({ isKernelThread: true });
    expect(parseStat('')).toBeNull();
  });

  it('knows this process, its parent and its ancestors', () => {
    const table = readProcessTable();
    expect(table.get(process.pid)).toMatchObject({ pid: process.pid, ppid: process.ppid });
    expect(ancestorsOf(process.pid, table)).toEqual(expect.arrayContaining([process.ppid, 1]));
    expect(ancestorsOf(2 ** 30, table)).toEqual([]);
  });

  it('shows again whatever cannot be judged yet, and stops doing so', () => {
    const showings: number[] = [];
    readProcessTable(({ pid }) => {
      if (pid !== process.pid) return 'done';
      showings.push(pid);
      return showings.length < 3 ? 'look again' : 'done';
    });
    expect(showings).toHaveLength(3);
    showings.length = 0;
    readProcessTable(({ pid }) => {
      showings.push(pid);
      return 'look again';
    });
    expect(showings.filter((pid) => pid === process.pid)).toHaveLength(4);
  });

  it('PROC-4: tells a process from another with its pid, and from its own remains', async () => {
    const { child, pid } = await startIdle({}, true);
    const entry = readProcess(pid);
    expect(entry).toMatchObject({ pid, pgid: pid, sid: pid, ppid: process.pid });
    const startTicks = entry?.startTicks ?? '';
    expect(isSameProcess({ pid, startTicks })).toBe(true);
    expect(isSameProcess({ pid, startTicks: `${startTicks}0` })).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isSameProcess({ pid, startTicks })).toBe(false);
    expect(readProcess(pid)).toBeNull();
  });
});

describe('environment mark', () => {
  it('is found whole, first or later, and not inside another variable', async () => {
    const { pid: first } = await startIdle({ CODENCER_MARK: 'unit.first', B: '2' });
    const { pid: later } = await startIdle({ A: 'CODENCER_MARK=fake', CODENCER_MARK: 'unit.later=x' });
    const { pid: none } = await startIdle({ A: 'CODENCER_MARK=fake' });
    expect([first, later, none].map(environmentMarkOf)).toEqual(['unit.first', 'unit.later=x', null]);
    const found = findMarked('unit.').map(({ pid, mark }) => ({ pid, mark }));
    expect(found).toEqual(
      expect.arrayContaining([
        { pid: first, mark: 'unit.first' },
        { pid: later, mark: 'unit.later=x' },
      ]),
    );
    expect(findMarked('unit.first')).toHaveLength(1);
  });

  it('of a process that is gone is none', () => {
    expect(environmentMarkOf(2 ** 30)).toBeNull();
  });
});
