import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { markVariable } from './environment-mark.ts';
import type { OutputPipe, OutputPipes } from './output-pipes.ts';
import type { ProcessInput, ProcessSpec } from './process-spec.ts';
import { type ProcessIdentity, parseStat, readProcFile } from './process-table.ts';
import { type OutputPump, pumpOutput } from './pump-output.ts';
import { describeStartError, type StartError } from './start-error.ts';

export interface SpawnedLeader {
  readonly leader: ProcessIdentity;
  readonly stdin: Writable | null;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
  readonly pumps: readonly OutputPump[];
  readonly pipePaths: readonly string[];
}

/** Starts the program with a pipe for each of its outputs (PROC-10, PROC-11). */
export async function spawnLeader(pipes: OutputPipes, spec: ProcessSpec): Promise<Result<SpawnedLeader, StartError>> {
  const opened: OutputPipe[] = [];
  try {
    const stdout = await openInto(opened, pipes);
    const stderr = await openInto(opened, pipes);
    const child = spawnDetached(spec, [stdout.writeEnd, stderr.writeEnd]);
    if (child.pid === undefined) throw await failureOf(child);
    // Read before the loop turns: until then even a program that is done already waits to be collected.
    const leader = identify(child.pid);
    const ended = endOf(child);
    const pumps = [pumpOutput(stdout.readEnd, spec.stdout), pumpOutput(stderr.readEnd, spec.stderr)];
    return ok({ leader, stdin: giveInput(child, spec.stdin), ended, pumps, pipePaths: opened.map(({ path }) => path) });
  } catch (cause) {
    for (const pipe of opened) closeSync(pipe.readEnd);
    return err(await describeStartError(spec, cause));
  } finally {
    for (const pipe of opened) closeSync(pipe.writeEnd);
  }
}

async function openInto(opened: OutputPipe[], pipes: OutputPipes): Promise<OutputPipe> {
  const pipe = await pipes.open();
  opened.push(pipe);
  return pipe;
}

function spawnDetached(spec: ProcessSpec, [stdout, stderr]: readonly [number, number]): ChildProcess {
  const [program, ...args] = spec.argv;
  return spawn(program, args, {
    cwd: spec.cwd,
    env: { ...spec.env, [markVariable]: spec.mark },
    detached: true,
    windowsHide: true,
    stdio: [spec.stdin.kind === 'closed' ? 'ignore' : 'pipe', stdout, stderr],
  });
}

async function failureOf(child: ChildProcess): Promise<unknown> {
  const [error]: unknown[] = await once(child, 'error');
  return error;
}

function identify(pid: number): ProcessIdentity {
  const entry = parseStat(readProcFile(pid, 'stat')?.toString('latin1') ?? '');
  if (entry === null) throw new Error(`/proc shows nothing about process ${pid}, which was started just now`);
  return { pid, startTicks: entry.startTicks };
}

const endOf = (child: ChildProcess): SpawnedLeader['ended'] =>
  new Promise((resolve) => child.once('exit', (exitCode, signal) => resolve({ exitCode, signal })));

function giveInput(child: ChildProcess, input: ProcessInput): Writable | null {
  child.stdin?.on('error', () => child.stdin?.destroy()); // EPIPE: a program need not read what it is given
  if (input.kind === 'bytes') child.stdin?.end(input.bytes);
  return input.kind === 'pipe' ? child.stdin : null;
}
