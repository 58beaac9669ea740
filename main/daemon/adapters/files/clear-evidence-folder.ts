import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Result } from '../../../../contract/result.ts';
import { type AttemptPlace, attemptFolder } from './artifact-store.ts';
import { type FileProblem, tryFile } from './file-problem.ts';
import { lstatOrNull } from './lstat-or-null.ts';
import { syncCreatedFolders } from './sync-folder.ts';

/**
 * Makes the folder of an attempt fit to be written to, and makes it where it is missing. An executor can reach it: a link
 * in it would lead what we write into another file, a pipe would make us wait for ever. Such things are renamed, never
 * removed; plain files and folders stay.
 */
export async function clearEvidenceFolder(root: string, place: AttemptPlace): Promise<Result<string, FileProblem>> {
  const folder = attemptFolder(root, place);
  return tryFile('create', folder, async () => {
    for (const above of [dirname(dirname(folder)), dirname(folder), folder]) needFolder(above);
    await syncCreatedFolders(folder, mkdirSync(folder, { recursive: true, mode: 0o700 }));
    for (const name of readdirSync(folder)) needPlain(folder, name);
    return folder;
  });
}

function needFolder(path: string): void {
  const stats = lstatOrNull(path);
  if (stats !== null && !stats.isDirectory()) moveAside(path);
}

/** Files that we write, and the folder for the logs of validations. */
const OUR_FILES =
  /^(prompt\.txt|invocation\.json|activity\.jsonl|transcript\.md|diff\.patch|changed-files\.json|result\.json|.*\.log|.*\.bundle(\.new|\.shallow)?)$/;
const OUR_FOLDER = 'validations';

/** A second name of a file elsewhere leads there as well as a link does. */
function needPlain(folder: string, name: string): void {
  const isFile = OUR_FILES.test(name);
  if (!isFile && name !== OUR_FOLDER) return;
  const stats = lstatSync(join(folder, name));
  const isPlain = isFile ? stats.isFile() && stats.nlink === 1 : stats.isDirectory();
  if (!isPlain) moveAside(join(folder, name));
}

const moveAside = (path: string): void => renameSync(path, `${path}.in-the-way-${randomBytes(4).toString('hex')}`);
