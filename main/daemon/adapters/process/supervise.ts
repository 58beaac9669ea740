import type { Writable } from 'node:stream';
import { ok, type Result } from '../../../../contract/result.ts';
import { finishProcess, type Leftovers } from './finish-process.ts';
import type { OutputPipes } from './output-pipes.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessIdentity } from './process-table.ts';
import { type SpawnedLeader, spawnLeader } from './spawn-leader.ts';
import type { StartError } from './start-error.ts';
import { type StopReport, stopTree } from './stop-tree.ts';

/** What every program needs of this one. */
export interface ProcessHost {
  readonly clock: () => number;
  readonly pipes: OutputPipes;
}

export interface ProcessExit {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly startedAtMs: number;
  /** When the leader ended, not what it left behind. */
  readonly endedAtMs: number;
  /** Why it was stopped, in the words of whoever stopped it first; null when it ended by itself. */
  readonly stoppedFor: string | null;
  readonly leftovers: Leftovers;
}

export interface RunningProcess extends ProcessIdentity {
  /** The writing end for input of kind `pipe`, else null. */
  readonly stdin: Writable | null;
  /** Never rejects; see PROC-1. */
  readonly exited: Promise<ProcessExit>;
  /** Ends the whole family. Every call answers with the outcome of the first; after the exit there is nobody to end. */
  stop(reason: string): Promise<StopReport>;
}

const usualGraceMs = 5000;
const nobodyToStop: StopReport = { ended: [], killed: [], left: [], durationMs: 0 };

/** Starts a program as the leader of a session and a group of its own, and looks after it to its end. */
export async function startProcess(host: ProcessHost, spec: ProcessSpec): Promise<Result<RunningProcess, StartError>> {
  const startedAtMs = host.clock();
  const spawned = await spawnLeader(host.pipes, spec);
  if (!spawned.ok) return spawned;
  return ok(lookAfter(host, { ...spawned.value, startedAtMs, mark: spec.mark, graceMs: spec.graceMs }));
}

/** A leader that was started just now, wherever its output goes. */
export interface StartedLeader extends SpawnedLeader {
  readonly startedAtMs: number;
  readonly mark: string;
  readonly graceMs: number | undefined;
}

/** To the end of its family, by itself or when somebody orders it. */
export function lookAfter({ clock }: Pick<ProcessHost, 'clock'>, started: StartedLeader): RunningProcess {
  const { leader, stdin, ended, pumps, pipePaths, startedAtMs, mark } = started;
  const family = { leader, mark, graceMs: started.graceMs ?? usualGraceMs };
  let stopping: { readonly reason: string; readonly report: Promise<StopReport> } | null = null;
  let isOver = false;

  const stop = (reason: string): Promise<StopReport> => {
    if (isOver) return stopping?.report ?? Promise.resolve(nobodyToStop);
    stopping ??= { reason, report: stopTree(family, family) };
    return stopping.report;
  };
  const finish = async (): Promise<ProcessExit> => {
    const { exitCode, signal } = await ended;
    const end = { exitCode, signal, startedAtMs, endedAtMs: clock(), stoppedFor: stopping?.reason ?? null };
    await stopping?.report;
    const leftovers = await finishProcess({ ...family, pumps, pipePaths });
    isOver = true;
    return { ...end, leftovers };
  };
  return { ...leader, stdin, exited: finish(), stop };
}
