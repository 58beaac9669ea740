import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CommitHash } from '../../contract/records.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import { configReader } from '../../main/daemon/adapters/files/config-reader.ts';
import { createGitRunner } from '../../main/daemon/adapters/git/git-runner.ts';
import { openRepository } from '../../main/daemon/adapters/git/open-repository.ts';
import { takeInstanceLock } from '../../main/daemon/adapters/instance/instance-lock.ts';
import { createStateFolder } from '../../main/daemon/adapters/instance/state-folder.ts';
import type { DaemonConfig } from '../../main/daemon/config/daemon-config.ts';
import { resolveConfig } from '../../main/daemon/config/resolve-config.ts';
import { openStore } from '../../main/daemon/store/open-store.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { createSeedClock, type SeedClock } from './seed-clock.ts';

/** The record of a repository, held like a daemon's own. */
export interface OpenRecord {
  readonly config: DaemonConfig;
  readonly baseCommit: CommitHash;
  readonly store: Store;
  readonly clock: SeedClock;
  close(): void;
}

export interface OpenRequest {
  readonly repoRoot: string;
  readonly mayAdd: boolean;
  /** How far back the made-up past begins, unless the record goes on from something. */
  readonly spanMs: number;
}

/** Takes a repository as a daemon would, so that none can run meanwhile. The error is a sentence. */
export async function openRecord(request: OpenRequest): Promise<Result<OpenRecord, string>> {
  const config = readConfig(request.repoRoot);
  if (!config.ok) return err(config.error.join('; '));
  const git = createGitRunner({ environment: process.env });
  const repository = await openRepository({ git, root: config.value.repoRoot.value, environment: process.env });
  if (!repository.ok) return err(repository.error.message);
  const stateDir = await createStateFolder(repository.value.root);
  if (!stateDir.ok) return err(stateDir.error.sentence);
  const lock = takeInstanceLock(stateDir.value);
  if (!lock.ok) return err(`${lock.error.sentence}. Stop it first (codencer down): a record has one writer.`);
  const opened = openHeld(config.value.dbPath.value, request);
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  const { store } = opened.value;
  return ok({
    ...opened.value,
    config: config.value,
    baseCommit: CommitHash.parse(repository.value.head),
    close() {
      store.close();
      lock.value.release();
    },
  });
}

const readConfig = (repoRoot: string) =>
  resolveConfig({ flags: { repoRoot }, environment: process.env, cwd: process.cwd(), reader: configReader });

function openHeld(path: string, { mayAdd, spanMs }: OpenRequest): Result<Pick<OpenRecord, 'store' | 'clock'>, string> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const nowMs = Date.now();
  let clock = createSeedClock(nowMs, nowMs);
  const opened = openStore({ path, clock: () => clock.now() });
  if (!opened.ok) return err(opened.error.message);
  const store = opened.value;
  const isEmpty = store.runs.list({ limit: 1 }).length === 0;
  if (!isEmpty && !mayAdd) {
    store.close();
    return err(
      `the record ${path} is not empty. With --add the made-up runs go to the ones that are there, and nothing takes them out again.`,
    );
  }
  clock = createSeedClock(Math.min(Math.max(nowMs - spanMs, lastEventMs(store)), nowMs), nowMs);
  return ok({ store, clock });
}

/** What is added comes after what is there. */
function lastEventMs({ events }: Store): number {
  const [last] = events.read({ after: events.lastSeq() - 1, limit: 1 });
  return last?.atMs ?? 0;
}
