import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommitHash } from '../../contract/records.ts';
import { openStore } from '../../main/daemon/store/open-store.ts';
import { createSeedClock } from '../seed/seed-clock.ts';
import { RUN_SPAN_MS, type SeedSize, seedStore } from '../seed/seed-store.ts';

/** What `npm run seed` writes, without files: the record at `path`, as a daemon that has ended well would have left it. */
export function seedRecord(path: string, size: SeedSize): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const nowMs = Date.now();
  const clock = createSeedClock(nowMs - size.runs * RUN_SPAN_MS, nowMs);
  const opened = openStore({ path, clock: clock.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  seedStore(store, clock, {
    ...size,
    seed: 1,
    baseCommit: CommitHash.parse('b'.repeat(40)),
    workspaceRoot: join(dirname(path), 'workspace'),
    artifactRoot: null,
    isKilled: false,
  });
  store.checkpoint();
  store.close();
}
