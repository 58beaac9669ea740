import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { discardBytes } from '../../../../../main/daemon/adapters/process/byte-sink.ts';
import { findMarked } from '../../../../../main/daemon/adapters/process/environment-mark.ts';
import { createOutputPipes, type OutputPipes } from '../../../../../main/daemon/adapters/process/output-pipes.ts';
import type { ProcessSpec } from '../../../../../main/daemon/adapters/process/process-spec.ts';
import { readProcess } from '../../../../../main/daemon/adapters/process/process-table.ts';
import { startProcess } from '../../../../../main/daemon/adapters/process/supervise.ts';
import { collectBytes } from '../../../../support/collect-bytes.ts';
import { waitUntil } from '../../../../support/wait-until.ts';

const fixture = (name: string) => join(import.meta.dirname, '../../../../fixtures/programs', name);
const environment = { PATH: process.env['PATH'] ?? '' };

let folder = '';
let pipes: OutputPipes;
let marks = 0;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'supervise-')));
  pipes = createOutputPipes(join(folder, 'pipes'));
});
afterAll(async () => {
  await pipes.dispose();
  await rm(folder, { recursive: true });
});

async function start(change: Partial<ProcessSpec> & Pick<ProcessSpec, 'argv'>) {
  marks += 1;
  const output = collectBytes();
  const errors = collectBytes();
  const spec: ProcessSpec = {
    cwd: folder,
    env: environment,
    mark: `supervise-${process.pid}-${marks}`,
    stdin: { kind: 'closed' },
    stdout: output,
    stderr: errors,
    ...change,
  };
  const started = await startProcess({ clock: Date.now, pipes }, spec);
  if (!started.ok) throw new Error(started.error.message);
  onTestFinished(async () => {
    await started.value.stop('end of test');
    expect(findMarked(spec.mark)).toEqual([]);
  });
  return { running: started.value, output, errors, mark: spec.mark };
}

const node = (...args: readonly string[]): readonly [string, ...string[]] => [process.execPath, ...args];
const shell = (command: string): readonly [string, ...string[]] => ['/bin/sh', '-c', command];

describe('a program that ends by itself', () => {
  it('PROC-1, PROC-11: tells its end after its last byte; no shell sees the arguments; stdin is closed', async () => {
    const { running, output, errors } = await start({ argv: node(fixture('describe-itself.mjs'), '$HOME; *', '') });
    const exit = await running.exited;
    const nobody = { ended: [], killed: [], left: [], isOutputCut: false };
    expect(exit).toMatchObject({ exitCode: 0, signal: null, stoppedFor: null, leftovers: nobody });
    expect(exit.endedAtMs).toBeGreaterThanOrEqual(exit.startedAtMs);
    expect(JSON.parse(output.text())).toMatchObject({ argv: ['$HOME; *', ''], cwd: folder, input: '' });
    expect(errors.text()).toBe('');
  });

  it('PROC-12: has no variable but those it was given and the mark', async () => {
    const { running, output, mark } = await start({ argv: ['/usr/bin/env'], env: { A: '1' } });
    await running.exited;
    expect(output.text().trim().split('\n').sort()).toEqual(['A=1', `CODENCER_MARK=${mark}`]);
  });

  it('tells an exit code and a signal', async () => {
    const { running: failing } = await start({ argv: shell('exit 7') });
    const { running: dying } = await start({ argv: shell('kill -9 $$') });
    expect(await failing.exited).toMatchObject({ exitCode: 7, signal: null });
    expect(await dying.exited).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it('PROC-15: can open its outputs again, as in a terminal', async () => {
    const { running, output, errors } = await start({ argv: shell('echo a > /dev/stdout; echo b | tee /dev/stderr') });
    expect(await running.exited).toMatchObject({ exitCode: 0 });
    expect([output.text(), errors.text()]).toEqual(['a\nb\n', 'b\n']);
  });

  it('reads the input that it is given, and need not', async () => {
    const bytes = Buffer.from('x'.repeat(300_000));
    const { running, output } = await start({
      argv: node(fixture('describe-itself.mjs')),
      stdin: { kind: 'bytes', bytes },
    });
    await running.exited;
    expect(JSON.parse(output.text())).toMatchObject({ input: bytes.toString() });
    const { running: deaf } = await start({ argv: shell('exec 0<&-; exit 0'), stdin: { kind: 'bytes', bytes } });
    expect(await deaf.exited).toMatchObject({ exitCode: 0 });
  });

  it('can be talked to through a pipe', async () => {
    const { running, output } = await start({ argv: ['/bin/cat'], stdin: { kind: 'pipe' } });
    running.stdin?.write('ping\n');
    await output.waitFor(/ping/);
    running.stdin?.end();
    expect(await running.exited).toMatchObject({ exitCode: 0 });
  });

  it('PROC-8: waits for a slow sink and loses nothing', async () => {
    let byteCount = 0;
    let mostAtOnce = 0;
    let underway = 0;
    const slow = {
      write: async (chunk: Uint8Array) => {
        byteCount += chunk.length;
        underway += 1;
        mostAtOnce = Math.max(mostAtOnce, underway);
        await new Promise((resolve) => setImmediate(resolve));
        underway -= 1;
      },
    };
    const { running } = await start({ argv: node(fixture('write-bytes.mjs'), 'stdout', '5000000'), stdout: slow });
    await running.exited;
    expect({ byteCount, mostAtOnce, underway }).toEqual({ byteCount: 5_000_000, mostAtOnce: 1, underway: 0 });
  });

  it('PROC-8: a sink that never goes on holds up the program, not this process', async () => {
    const never = { write: () => new Promise<void>(() => undefined) };
    const { running } = await start({ argv: node(fixture('write-bytes.mjs'), 'stdout', '5000000'), stdout: never });
    await waitUntil(() => readProcess(running.pid)?.state === 'S');
    expect(await running.stop('cancel')).toMatchObject({ left: [] });
  });

  it('reads both outputs side by side', async () => {
    const { running, output, errors } = await start({
      argv: shell('for i in 1 2 3; do head -c 100000 /dev/zero; head -c 100000 /dev/zero >&2; done'),
    });
    await running.exited;
    expect([output.text().length, errors.text().length]).toEqual([300_000, 300_000]);
  });

  it('runs forty at once', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, (_, index) => start({ argv: shell(`echo ${index}`) })));
    const exits = await Promise.all(all.map(({ running }) => running.exited));
    expect(exits.map((exit) => exit.exitCode)).toEqual(all.map(() => 0));
    expect(all.map(({ output }) => output.text())).toEqual(all.map((_, index) => `${index}\n`));
  });
});

describe('PROC-10: a program that cannot be started', () => {
  it.each([
    ['program_not_found', ['no-such-program-anywhere'], '.', 'there is no such program'],
    ['not_executable', ['./plain.txt'], '.', 'it is not an executable file'],
    ['cwd_missing', ['/bin/true'], 'not/there', 'does not exist'],
    ['cwd_missing', ['/bin/true'], 'plain.txt', 'does not exist'],
    ['bad_argument', ['/bin/true', 'a\0b'], '.', 'zero byte'],
    ['system', ['/bin/true', 'x'.repeat(3_000_000)], '.', 'argument list too long'],
  ] as const)('is told as %s', async (code, argv, cwd, words) => {
    await writeFile(join(folder, 'plain.txt'), 'text');
    const spec: ProcessSpec = {
      argv: [...argv] as [string, ...string[]],
      cwd: join(folder, cwd),
      env: environment,
      mark: 'never',
      stdin: { kind: 'closed' },
      stdout: discardBytes,
      stderr: discardBytes,
    };
    const started = await startProcess({ clock: Date.now, pipes }, spec);
    expect(started).toMatchObject({ ok: false, error: { code, argv, cwd: join(folder, cwd) } });
    if (!started.ok) expect(started.error.message).toContain(words);
  });
});

describe('PROC-7: what outlives its leader', () => {
  it.each(['plain', 'new-session', 'double-fork', 'no-environment', 'stopped'])(
    '%s is ended and named',
    async (how) => {
      const { running, output } = await start({ argv: node(fixture('leave-child.mjs'), how) });
      const exit = await running.exited;
      const left = Number(/left (\d+)/.exec(output.text())?.[1]);
      expect(exit).toMatchObject({
        exitCode: 0,
        leftovers: { ended: [left], killed: [], left: [], isOutputCut: false },
      });
      expect(readProcess(left)).toBeNull();
    },
  );

  it('ignoring is killed', async () => {
    const { running, output } = await start({ argv: node(fixture('leave-child.mjs'), 'ignoring'), graceMs: 200 });
    const exit = await running.exited;
    const left = Number(/left (\d+)/.exec(output.text())?.[1]);
    expect(exit).toMatchObject({ exitCode: 0, leftovers: { ended: [], killed: [left], left: [] } });
  });

  it('PROC-9: whoever shed mark, parent and session is found by the pipe that it holds', async () => {
    const { running, output } = await start({ argv: node(fixture('leave-child.mjs'), 'shedding') });
    const exit = await running.exited;
    const left = Number(/left (\d+)/.exec(output.text())?.[1]);
    expect(exit.leftovers).toEqual({ ended: [left], killed: [], left: [], isOutputCut: false });
    expect(readProcess(left)).toBeNull();
  });
});

describe('stop', () => {
  it('PROC-2: asks, and takes an ending program at its word', async () => {
    const { running, output } = await start({
      argv: shell('trap "echo bye; exit 4" TERM; echo ready; while :; do sleep 0.01; done'),
    });
    await output.waitFor(/ready/);
    const report = await running.stop('cancel');
    expect(report).toMatchObject({ killed: [], left: [] });
    expect(report.ended).toContain(running.pid);
    expect(await running.exited).toMatchObject({ exitCode: 4, signal: null, stoppedFor: 'cancel' });
    expect(output.text()).toBe('ready\nbye\n');
  });

  it('PROC-2: kills who does not end', async () => {
    const { running, output } = await start({ argv: node(fixture('ignore-sigterm.mjs')), graceMs: 150 });
    await output.waitFor(/ready/);
    expect(await running.stop('timeout')).toMatchObject({ ended: [], killed: [running.pid], left: [] });
    expect(await running.exited).toMatchObject({ exitCode: null, signal: 'SIGKILL', stoppedFor: 'timeout' });
    expect(output.text()).toContain('ignored SIGTERM');
  });

  it('gives one answer, to the first reason, and none after the exit', async () => {
    const { running } = await start({ argv: ['/bin/sleep', '600'] });
    const reports = await Promise.all([running.stop('cancel'), running.stop('shutdown')]);
    expect(reports[0]).toBe(reports[1]);
    expect(await running.exited).toMatchObject({ stoppedFor: 'cancel', signal: 'SIGTERM' });
    expect(await running.stop('late')).toBe(reports[0]);
    const { running: done } = await start({ argv: ['/bin/true'] });
    await done.exited;
    expect(await done.stop('late')).toEqual({ ended: [], killed: [], left: [], durationMs: 0 });
  });
});
