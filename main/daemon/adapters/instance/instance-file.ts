import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeName } from '../../../../contract/escape-name.ts';
import type { InstanceId } from '../../../../contract/ids.ts';
import type { InstanceInfo } from '../../../../contract/instance.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { decodeInstance, encodeInstance } from '../../../../contract/wire/instance.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { type FileProblem, hasCode, refuseFile, tryFile } from '../files/file-problem.ts';
import { readPlainFile } from '../files/open-plain-file.ts';
import { parseJson } from '../files/parse-settings.ts';
import { isProcessThere, processStartOf } from './process-start.ts';

/** One daemon as its file tells it. `live`: that very process is still there; a file of a killed one is `stale`. */
export interface FoundInstance {
  readonly state: 'live' | 'stale';
  readonly instance: InstanceInfo;
  readonly path: string;
}

export interface InstancePlaces {
  /** The state folder of the repository, where `instance.json` is. */
  readonly stateDir: string;
  /** The folder in which every daemon of this user is listed. */
  readonly indexDir: string;
}

export const instanceFilePath = (stateDir: string): string => join(stateDir, 'instance.json');

const indexPath = (indexDir: string, id: InstanceId): string => join(indexDir, `${escapeName(id)}.json`);

/** Writes `instance.json`, then the entry in the user's index. Both hold no secret and are for their owner alone. */
export async function publishInstance(
  places: InstancePlaces,
  instance: InstanceInfo,
): Promise<Result<void, FileProblem>> {
  const content = { ...encodeInstance(instance), process_start: processStartOf(instance.pid) };
  const data = `${JSON.stringify(content, null, 2)}\n`;
  const written = await writeAtomically({ path: instanceFilePath(places.stateDir), data, mode: 0o600 });
  if (!written.ok) return written;
  const made = await tryFile('create', places.indexDir, () => mkdir(places.indexDir, { recursive: true, mode: 0o700 }));
  if (!made.ok) return made;
  return writeAtomically({ path: indexPath(places.indexDir, instance.id), data, mode: 0o600 });
}

/** Takes both files away again, unless another daemon has written its own in the meantime. */
export async function withdrawInstance(
  places: InstancePlaces,
  instance: InstanceInfo,
): Promise<Result<void, FileProblem>> {
  for (const path of [indexPath(places.indexDir, instance.id), instanceFilePath(places.stateDir)]) {
    const present = await readInstanceFile(path);
    if (!present.ok || present.value.instance.pid !== instance.pid) continue;
    const removed = await tryFile('remove', path, () => rm(path, { force: true }));
    if (!removed.ok) return removed;
  }
  return ok(undefined);
}

export async function readInstanceFile(path: string): Promise<Result<FoundInstance, FileProblem>> {
  const text = await tryFile('read', path, () => readPlainFile(path));
  if (!text.ok) return text;
  const content = parseJson(text.value.toString('utf8'), path);
  if (!content.ok) return err(refuseFile('read', path, 'it is not valid JSON'));
  const decoded = decodeInstance(content.value);
  if (!decoded.ok) return err(refuseFile('read', path, decoded.error));
  const isLive = isProcessThere(decoded.value.pid, processStartIn(content.value));
  return ok({ state: isLive ? 'live' : 'stale', instance: decoded.value, path });
}

export interface InstanceIndex {
  readonly found: readonly FoundInstance[];
  /** Entries that cannot be read; they hide nobody else. */
  readonly damaged: readonly FileProblem[];
}

/** Every daemon that this user's index lists. */
export async function listInstances(indexDir: string): Promise<Result<InstanceIndex, FileProblem>> {
  const names = await tryFile('list', indexDir, () => readdir(indexDir).catch(emptyIfMissing));
  if (!names.ok) return names;
  const files = names.value.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
  const read = await Promise.all(files.map((name) => readInstanceFile(join(indexDir, name))));
  return ok({
    found: read.flatMap((entry) => (entry.ok ? [entry.value] : [])),
    damaged: read.flatMap((entry) => (entry.ok ? [] : [entry.error])),
  });
}

const processStartIn = (content: unknown): string | null =>
  typeof content === 'object' &&
  content !== null &&
  'process_start' in content &&
  typeof content.process_start === 'string'
    ? content.process_start
    : null;

function emptyIfMissing(error: unknown): string[] {
  if (hasCode(error, 'ENOENT')) return [];
  throw error;
}
