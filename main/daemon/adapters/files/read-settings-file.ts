import { err, ok, type Result } from '../../../../contract/result.ts';
import { resolveContained } from './contained-path.ts';
import { type FileProblem, refuseFile, tryFile } from './file-problem.ts';
import { openArtifactFile } from './open-artifact-file.ts';

/** A settings file of a repository: what is larger is no settings file. */
export const MAX_SETTINGS_BYTES = 256 * 1024;

/** Reads a text below `root`, after following links that stay there. Null: there is none. */
export async function readSettingsFile(root: string, path: string): Promise<Result<string | null, FileProblem>> {
  const place = await resolveContained(root, path);
  if (!place.ok) return place;
  if (!place.value.exists) return ok(null);
  const opened = await openArtifactFile(place.value.root, place.value.path);
  if (!opened.ok) return opened;
  const { handle, stats } = opened.value;
  try {
    if (stats.size > MAX_SETTINGS_BYTES) {
      return err(refuseFile('read', path, `it has more than ${MAX_SETTINGS_BYTES / 1024} KiB`));
    }
    return await tryFile('read', path, () => handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}
