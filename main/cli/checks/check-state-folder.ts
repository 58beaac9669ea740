import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_FOLDER } from '../instance-file.ts';
import { bad, type Check, fine, warn } from './check.ts';

/** Whether the state folder can be written, and only by its owner what others must not read. */
export function checkStateFolder(repoRoot: string): Check {
  const stateDir = join(repoRoot, STATE_FOLDER);
  const folder = statSync(stateDir, { throwIfNoEntry: false });
  const writable = folder === undefined ? repoRoot : stateDir;
  if (!canWrite(writable))
    return bad('state folder', `${writable} cannot be written`, 'Make its owner the one who runs the daemon');
  if (folder === undefined) return fine('state folder', `${stateDir} will be made at the first start`);
  const open = ['token', 'instance.json'].map((name) => join(stateDir, name)).filter(isOpenToOthers);
  if (open.length > 0)
    return bad('state folder', `others can read ${open.join(' and ')}`, `chmod 600 ${open.join(' ')}`);
  if (process.platform !== 'win32' && (folder.mode & 0o022) !== 0) {
    return warn('state folder', `others can write ${stateDir}`, `chmod go-w ${stateDir}`);
  }
  return fine('state folder', stateDir);
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function isOpenToOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && (file.mode & 0o077) !== 0;
}
