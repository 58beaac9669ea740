import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What a reader needs to place the numbers. Nothing in it names the machine. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGb: number;
  readonly node: string;
  readonly git: string;
  readonly system: string;
  readonly date: string;
  /** Processes that wanted to run in the last minute before the bench began: what others do with the machine. */
  readonly loadBefore: number;
}

export const describeMachine = (nowMs: number): Machine => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', ''),
  system: `${process.platform} ${process.arch}`,
  date: new Date(nowMs).toISOString().slice(0, 10),
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});
