import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { isSystemError, systemProblem } from './file-problem.ts';
import { parseJson } from './parse-settings.ts';
import { MAX_SETTINGS_BYTES } from './read-settings-file.ts';

/** Reads configuration files at start-up, at once: there is nothing else to do yet. */
export const configReader = {
  /** What a JSON file holds; not being there is an error. */
  json(path: string): Result<unknown, string> {
    const text = readText(path);
    if (!text.ok) return text;
    if (text.value === null) return err(`cannot read ${JSON.stringify(path)}: it is no regular file, or not there`);
    return parseJson(text.value, path);
  },

  /**
   * The variables of a `.env`; none when it is not there. Some programs put a pipe in its place: waiting for the writer
   * would be a start that never ends.
   */
  variables(path: string) {
    const text = readText(path);
    if (!text.ok) return text;
    const parsed = Object.entries(parseEnv(text.value ?? ''));
    const variables = Object.fromEntries(parsed.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
    const isSkipped = text.value === null && statSync(path, { throwIfNoEntry: false }) !== undefined;
    return ok({ variables, notice: isSkipped ? `${JSON.stringify(path)} is no regular file and was not read` : null });
  },

  resolvePath: (base: string, path: string): string => resolve(base, path),
};

/** Null: there is no regular file. */
function readText(path: string): Result<string | null, string> {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isFile()) return ok(null);
    if (stats.size <= MAX_SETTINGS_BYTES) return ok(readFileSync(path, 'utf8'));
    return err(`cannot read ${JSON.stringify(path)}: it has more than ${MAX_SETTINGS_BYTES / 1024} KiB`);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return err(systemProblem('read', path, error).sentence);
  }
}
