import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Repository } from '../adapters/git/repository.ts';
import { loadPty } from '../adapters/terminal/load-pty.ts';
import type { Check } from '../services/ports/check.ts';
import type { Store } from '../store/store.ts';

export interface Diagnosed {
  readonly repository: Repository;
  readonly stateDir: string;
  readonly store: Store;
}

const ADVICE: Readonly<Record<Repository['warnings'][number]['code'], string>> = {
  dirty_tree: 'commit what tasks are to see',
  shallow_clone: 'git fetch --unshallow, if a task names an older base',
  partial_clone: 'git fetch --refetch brings the objects that are missing, if a task fails for want of one',
  linked_worktree: 'nothing, unless another daemon works on the same repository',
  submodules: 'let provisioning check them out, if tasks need them',
  lfs: 'let provisioning run git lfs pull, if tasks need the files',
};

const LOW_DISK_BYTES = 1024 ** 3;
const LOW_FILE_LIMIT = 1024;

/** What this daemon can say about its machine, its repository and its record. */
export const composeDiagnostics = (parts: Diagnosed) => async (): Promise<readonly Check[]> => [
  { name: 'node', result: 'ok', detail: process.version, advice: '' },
  { name: 'git', result: 'ok', detail: parts.repository.gitVersion, advice: '' },
  ...parts.repository.warnings.map(
    ({ code, message }): Check => ({ name: code, result: 'warning', detail: message, advice: ADVICE[code] }),
  ),
  await checkDisk(parts.stateDir),
  checkOpenFiles(),
  await checkTerminal(),
  checkRecord(parts.store),
  checkQuarantine(parts.store),
];

async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const detail = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free`;
  if (freeBytes >= LOW_DISK_BYTES) return { name: 'disk', result: 'ok', detail, advice: '' };
  return { name: 'disk', result: 'warning', detail, advice: 'free some space: evidence and worktrees need it' };
}

/** Linux: the soft limit of this process. */
function checkOpenFiles(): Check {
  const name = 'open files';
  const limit = readOpenFileLimit();
  if (limit === null) return { name, result: 'ok', detail: 'the limit is unknown on this system', advice: '' };
  const detail = `up to ${limit}`;
  if (limit >= LOW_FILE_LIMIT) return { name, result: 'ok', detail, advice: '' };
  return { name, result: 'warning', detail, advice: `raise it: ulimit -n ${LOW_FILE_LIMIT}` };
}

function readOpenFileLimit(): number | null {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return line?.[1] === undefined ? null : Number(line[1]);
  } catch {
    return null; // not Linux
  }
}

async function checkTerminal(): Promise<Check> {
  const pty = await loadPty();
  if (pty.ok) return { name: 'terminal', result: 'ok', detail: 'node-pty is installed', advice: '' };
  const advice = 'terminals need python3, make and a C++ compiler when the packages are installed; nothing else does';
  return { name: 'terminal', result: 'warning', detail: 'node-pty is not installed', advice };
}

function checkRecord(store: Store): Check {
  const report = store.integrity();
  if (report.ok) return { name: 'record', result: 'ok', detail: 'the database is sound', advice: '' };
  return {
    name: 'record',
    result: 'problem',
    detail: report.problems.slice(0, 3).join('; '),
    advice: 'stop the daemon and keep a copy of .codencer',
  };
}

function checkQuarantine(store: Store): Check {
  const rows = store.listQuarantined(100);
  if (rows.length === 0) return { name: 'quarantine', result: 'ok', detail: 'every row can be read', advice: '' };
  const detail = `${rows.length} rows cannot be read and are set aside`;
  return { name: 'quarantine', result: 'warning', detail, advice: 'codencer audit verify tells more' };
}
