import { setTimeout as sleep } from 'node:timers/promises';
import { findOpenFiles } from './open-files.ts';
import { type Family, findFamily } from './process-family.ts';
import type { ProcessIdentity } from './process-table.ts';
import type { OutputPump } from './pump-output.ts';
import { type StopReport, stopTree } from './stop-tree.ts';

/** What outlived the leader of a family. */
export interface Leftovers extends Pick<StopReport, 'ended' | 'killed' | 'left'> {
  /** True when output was given up because somebody kept its pipe open whom we may not end. */
  readonly isOutputCut: boolean;
}

export interface FinishedLeader {
  readonly leader: ProcessIdentity;
  readonly mark: string;
  readonly graceMs: number;
  readonly pumps: readonly OutputPump[];
  readonly pipePaths: readonly string[];
}

/** Children that end together with their leader are given so long before they count as left behind. */
const settlingMs = 100;
const settlingStepMs = 10;

const silenceMs = 1000;
const silenceStepMs = 50;

/** After the leader's end: ends what is left of its family, then reads the output to its end (PROC-7, PROC-9). */
export async function finishProcess(finished: FinishedLeader): Promise<Leftovers> {
  const relatives = (await settle(finished)) ? null : await stopTree(finished, finished);
  if (await drain(finished.pumps)) return summarize([relatives], false);
  const holders = await stopTree(finished, { ...finished, knownMembers: await pipeHolders(finished) });
  const isOutputCut = !(await drain(finished.pumps));
  for (const pump of finished.pumps) pump.giveUp();
  return summarize([relatives, holders], isOutputCut);
}

/** Whether everybody of the family ended by himself within the settling time. */
async function settle(family: Family): Promise<boolean> {
  const deadline = performance.now() + settlingMs;
  while (findFamily(family, new Set()).members.length > 0) {
    if (performance.now() >= deadline) return false;
    await sleep(settlingStepMs);
  }
  return true;
}

/** False when a pipe stays open and silent, and its sink is not what it waits for. */
async function drain(pumps: readonly OutputPump[]): Promise<boolean> {
  const startedAt = performance.now();
  const all = Promise.all(pumps.map((pump) => pump.drained)).then(() => true);
  const isSilent = () => pumps.every((pump) => pump.isDrained() || pump.idleMs() >= silenceMs);
  while (!isSilent() || performance.now() - startedAt < silenceMs) {
    const isDone = await Promise.race([all, sleep(silenceStepMs, false)]);
    if (isDone) return true;
  }
  return pumps.every((pump) => pump.isDrained());
}

/**
 * Somebody who shed mark, parent and session still shows by the pipe it holds. One that is older than the leader was
 * not started by it but handed the pipe: it is not ours to end.
 */
async function pipeHolders({ leader, pipePaths }: FinishedLeader): Promise<readonly ProcessIdentity[]> {
  const holders = await findOpenFiles((path) => pipePaths.includes(path));
  return holders.filter((holder) => Number(holder.startTicks) >= Number(leader.startTicks));
}

function summarize(reports: readonly (StopReport | null)[], isOutputCut: boolean): Leftovers {
  const met = reports.filter((report) => report !== null);
  return {
    ended: met.flatMap((report) => report.ended),
    killed: met.flatMap((report) => report.killed),
    left: [...new Set(met.flatMap((report) => report.left))],
    isOutputCut,
  };
}
