import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_FOLDER } from './instance-file.ts';

/** What we ourselves make before a daemon runs. */
const OURS = new Set(['.gitignore', 'daemon.log']);

/** To be made before a daemon is started, and called when none came of it: removes the folder that was made for it. */
export function vainStateOf(repoRoot: string): () => void {
  const folder = join(repoRoot, STATE_FOLDER);
  const wasThere = existsSync(folder);
  return () => {
    if (wasThere || !existsSync(folder)) return;
    if (readdirSync(folder).every((name) => OURS.has(name))) rmSync(folder, { recursive: true, force: true });
  };
}
