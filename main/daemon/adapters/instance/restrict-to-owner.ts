import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type FileProblem, refuseFile, tryFile } from '../files/file-problem.ts';

const run = promisify(execFile);

/** Leaves a file to its owner: mode 0600, or on Windows an access list without inherited entries that names the owner alone. */
export async function restrictToOwner(path: string): Promise<Result<void, FileProblem>> {
  if (process.platform !== 'win32') return tryFile('close to others', path, () => chmod(path, 0o600));
  const icacls = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'icacls.exe');
  const grant = `${userInfo().username}:F`;
  try {
    await run(icacls, [path, '/inheritance:r', '/grant:r', grant], { windowsHide: true, timeout: 10_000 });
    return ok(undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'icacls failed';
    return err({ ...refuseFile('close to others', path, why), kind: 'denied', cause: error });
  }
}
