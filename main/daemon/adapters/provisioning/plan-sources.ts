import { err, ok, type Result } from '../../../../contract/result.ts';

/** What one source declares. Empty means that it leaves the field to the next source. */
export interface DeclaredPlan {
  readonly copy: readonly string[];
  readonly symlinks: readonly string[];
  readonly postCreate: string;
}

/** Ours: `{"provisioning": {"copy": [], "symlinks": [], "hooks": {"post_create": ""}}}`. A misspelt key would be a silent "nothing". */
export function readWorkspaceJson(content: unknown): Result<DeclaredPlan, string> {
  const unknown =
    unknownKey(content, ['provisioning'], ['copy', 'symlinks', 'hooks']) ??
    unknownKey(content, ['provisioning', 'hooks'], ['post_create']);
  if (unknown !== null) return err(unknown);
  return readFields(content, {
    copy: ['provisioning', 'copy'],
    symlinks: ['provisioning', 'symlinks'],
    postCreate: ['provisioning', 'hooks', 'post_create'],
  });
}

/** Another program's file: keys that we do not know are its own. */
export const readGroveYaml = (content: unknown): Result<DeclaredPlan, string> =>
  readFields(content, {
    copy: ['workspace', 'setup', 'copy'],
    symlinks: ['workspace', 'setup', 'symlinks'],
    postCreate: ['workspace', 'hooks', 'post_create'],
  });

export const readGroveRc = (content: unknown): Result<DeclaredPlan, string> =>
  readFields(content, { copy: null, symlinks: ['symlink'], postCreate: ['afterCreate'] });

type KeyPath = readonly string[];

interface FieldPlaces {
  readonly copy: KeyPath | null;
  readonly symlinks: KeyPath;
  readonly postCreate: KeyPath;
}

function readFields(content: unknown, places: FieldPlaces): Result<DeclaredPlan, string> {
  if (!isUnset(content) && !isMapping(content)) return err('it must hold a mapping of keys');
  const copy = places.copy === null ? ok([]) : readTexts(content, places.copy);
  if (!copy.ok) return copy;
  const symlinks = readTexts(content, places.symlinks);
  if (!symlinks.ok) return symlinks;
  const postCreate = valueAt(content, places.postCreate);
  if (!postCreate.ok) return postCreate;
  const command = postCreate.value ?? '';
  if (typeof command !== 'string') return err(`${places.postCreate.join('.')} must be a text`);
  if (command.includes('\0')) return err(`${places.postCreate.join('.')} contains a null character`);
  return ok({ copy: copy.value, symlinks: symlinks.value, postCreate: command });
}

function readTexts(content: unknown, place: KeyPath): Result<readonly string[], string> {
  const found = valueAt(content, place);
  if (!found.ok) return found;
  const list = found.value ?? [];
  const isTexts = Array.isArray(list) && list.every((item) => typeof item === 'string');
  return isTexts ? ok(list) : err(`${place.join('.')} must be a list of texts`);
}

/** The value under a path of keys; null when a key on the way is not there. */
function valueAt(content: unknown, place: KeyPath): Result<unknown, string> {
  let current: unknown = content;
  for (const [depth, key] of place.entries()) {
    if (isUnset(current)) return ok(null);
    if (!isMapping(current)) return err(`${place.slice(0, depth).join('.')} must be a mapping of keys`);
    current = Object.hasOwn(current, key) ? current[key] : null;
  }
  return ok(current);
}

function unknownKey(content: unknown, place: KeyPath, known: readonly string[]): string | null {
  const found = valueAt(content, place);
  if (!found.ok || !isMapping(found.value)) return null;
  const key = Object.keys(found.value).find((name) => !known.includes(name));
  return key === undefined ? null : `${[...place, key].join('.')} is not a known key; known ones: ${known.join(', ')}`;
}

const isUnset = (value: unknown): value is null | undefined => value === null || value === undefined;

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
