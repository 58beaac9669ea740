import { lookForMark } from './environment-mark.ts';
import {
  ancestorsOf,
  type ProcessEntry,
  type ProcessIdentity,
  type ProcessTable,
  readProcessTable,
} from './process-table.ts';

/** What belongs together; see SPEC.md. */
export interface Family {
  /**
   * The process that this daemon started and has watched ever since, alive or not. Null after a restart of the daemon:
   * its pid may by now be somebody else's.
   */
  readonly leader: ProcessIdentity | null;
  readonly mark: string;
}

export interface LivingFamily {
  readonly members: readonly ProcessEntry[];
  /** Process groups of members alone: one signal reaches all of a group and nobody forks away from it. */
  readonly groups: readonly number[];
}

export const identityKey = ({ pid, startTicks }: ProcessIdentity): string => `${pid}:${startTicks}`;

/** The living members, and whoever was seen as one before and still lives (PROC-3, PROC-5). */
export function findFamily(family: Family, seenBefore: ReadonlySet<string>): LivingFamily {
  const recognized = new Set<number>();
  const table = readProcessTable((entry) => {
    const look = recognize(entry, family, seenBefore);
    if (look === 'member') recognized.add(entry.pid);
    return look === 'look again' ? look : 'done';
  });
  const untouchable = new Set([process.pid, 1, ...ancestorsOf(process.pid, table)]);
  const candidates = [...table.values()].filter((entry) => !untouchable.has(entry.pid));
  const seeds = candidates.filter((entry) => recognized.has(entry.pid));
  const members = withRelatives(seeds, candidates, sessionOf(family, table));
  return { members, groups: groupsOfOnly(members, table) };
}

/** By itself, without looking at its relatives. */
function recognize(
  entry: ProcessEntry,
  { leader, mark }: Family,
  seenBefore: ReadonlySet<string>,
): 'member' | 'other' | 'look again' {
  const isLeader = leader !== null && identityKey(leader) === identityKey(entry);
  if (isLeader || seenBefore.has(identityKey(entry))) return 'member';
  // Nobody inherits a mark from a process that is younger than himself, so older ones need not be asked.
  const isOlder = leader !== null && Number(entry.startTicks) < Number(leader.startTicks);
  if (entry.isKernelThread || isOlder) return 'other';
  const look = lookForMark(entry.pid);
  if (look.kind === 'empty') return 'look again';
  return look.kind === 'marked' && look.mark === mark ? 'member' : 'other';
}

/** A leader opened a session under its own pid; the kernel keeps the number from others while the session has members. */
function sessionOf({ leader }: Family, table: ProcessTable): number | null {
  if (leader === null) return null;
  const holder = table.get(leader.pid);
  return holder === undefined || holder.startTicks === leader.startTicks ? leader.pid : null;
}

function withRelatives(
  seeds: readonly ProcessEntry[],
  candidates: readonly ProcessEntry[],
  leaderSession: number | null,
): readonly ProcessEntry[] {
  const members = new Map(seeds.map((entry) => [entry.pid, entry]));
  let sizeBefore = -1;
  while (sizeBefore !== members.size) {
    sizeBefore = members.size;
    for (const entry of candidates) {
      const isRelative = members.has(entry.ppid) || members.has(entry.sid) || entry.sid === leaderSession;
      if (isRelative) members.set(entry.pid, entry);
    }
  }
  return [...members.values()];
}

function groupsOfOnly(members: readonly ProcessEntry[], table: ProcessTable): readonly number[] {
  const memberPids = new Set(members.map((entry) => entry.pid));
  const strangers = [...table.values()].filter((entry) => !memberPids.has(entry.pid));
  const strangeGroups = new Set(strangers.map((entry) => entry.pgid));
  return [...new Set(members.map((entry) => entry.pgid))].filter((pgid) => pgid > 1 && !strangeGroups.has(pgid));
}
