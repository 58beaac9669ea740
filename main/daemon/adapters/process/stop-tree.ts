import { setTimeout as sleep } from 'node:timers/promises';
import { type Family, findFamily, identityKey, type LivingFamily } from './process-family.ts';
import type { ProcessEntry, ProcessIdentity } from './process-table.ts';
import { signalGroup, signalProcess } from './send-signal.ts';

export interface StopOptions {
  /** How long a process may take to end by itself once it has been asked. */
  readonly graceMs: number;
  /** How long killing is repeated; 10 s when left out. */
  readonly killingMs?: number;
  /** Processes that belong to the family although nothing about them shows it. */
  readonly knownMembers?: readonly ProcessIdentity[];
}

/** Who was there and how each ended. `left` is empty unless a process could not be killed. */
export interface StopReport {
  /** Ended on their own or when asked. */
  readonly ended: readonly number[];
  readonly killed: readonly number[];
  readonly left: readonly number[];
  readonly durationMs: number;
}

const usualKillingMs = 10_000;
const shortestPauseMs = 5;
const longestPauseMs = 50;
const killingPauseMs = 10;

/** Ends a whole family and resolves when nobody of it is left, or PROC-6 applies. Linux: reads /proc. */
export async function stopTree(family: Family, options: StopOptions): Promise<StopReport> {
  const startedAt = performance.now();
  const hunt = createHunt(family, options.knownMembers ?? []);
  await askToEnd(hunt, options.graceMs);
  const left = await killUntilNobodyIsLeft(hunt, options.killingMs ?? usualKillingMs);
  return { ...hunt.fates(left), durationMs: Math.round(performance.now() - startedAt) };
}

interface Hunt {
  readonly leader: ProcessIdentity | null;
  readonly look: () => LivingFamily;
  readonly noteKilled: (member: ProcessIdentity) => void;
  readonly fates: (left: readonly ProcessEntry[]) => Pick<StopReport, 'ended' | 'killed' | 'left'>;
}

/** Remembers everybody who was ever seen. */
function createHunt(family: Family, knownMembers: readonly ProcessIdentity[]): Hunt {
  const known = knownMembers.map(identityKey);
  const seen = new Map<string, number>();
  const killed = new Set<string>();
  return {
    leader: family.leader,
    look: () => {
      const living = findFamily(family, new Set([...known, ...seen.keys()]));
      for (const member of living.members) seen.set(identityKey(member), member.pid);
      return living;
    },
    noteKilled: (member) => killed.add(identityKey(member)),
    fates: (left) => {
      const leftKeys = new Set(left.map(identityKey));
      const gone = [...seen].filter(([key]) => !leftKeys.has(key));
      const pidsOf = (wasKilled: boolean) =>
        gone.filter(([key]) => killed.has(key) === wasKilled).map(([, pid]) => pid);
      return { ended: pidsOf(false), killed: pidsOf(true), left: left.map((entry) => entry.pid) };
    },
  };
}

async function askToEnd(hunt: Hunt, graceMs: number): Promise<void> {
  const startedAt = performance.now();
  const asked = new Set<string>();
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const { members } = hunt.look();
    const elapsedMs = performance.now() - startedAt;
    if (members.length === 0 || elapsedMs >= graceMs) return;
    for (const member of whoseTurnItIs(members, hunt.leader, elapsedMs >= graceMs / 2)) {
      if (!asked.has(identityKey(member))) ask(member);
      asked.add(identityKey(member));
    }
    await sleep(pauseMs);
  }
}

/** A leader that cleans up after itself is left in peace with its children for half of the grace (PROC-2). */
function whoseTurnItIs(
  members: readonly ProcessEntry[],
  leader: ProcessIdentity | null,
  isLate: boolean,
): readonly ProcessEntry[] {
  const leaderAlone = members.filter((member) => leader !== null && identityKey(member) === identityKey(leader));
  return isLate || leaderAlone.length === 0 ? members : leaderAlone;
}

/** A stopped process acts on the signal only when it goes on. */
function ask(member: ProcessEntry): void {
  signalProcess(member, 'SIGTERM');
  if (member.state === 'T') signalProcess(member, 'SIGCONT');
}

async function killUntilNobodyIsLeft(hunt: Hunt, killingMs: number): Promise<readonly ProcessEntry[]> {
  const startedAt = performance.now();
  for (;;) {
    const { members, groups } = hunt.look();
    if (members.length === 0 || performance.now() - startedAt >= killingMs) return members;
    for (const member of members) hunt.noteKilled(member);
    for (const pgid of groups) signalGroup(pgid, 'SIGKILL');
    for (const member of members) signalProcess(member, 'SIGKILL');
    await sleep(killingPauseMs);
  }
}
