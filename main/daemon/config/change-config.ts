import { err, ok, type Result } from '../../../contract/result.ts';
import { describeConfig } from './describe-config.ts';
import { type ConfigInput, resolveConfig } from './resolve-config.ts';
import { describeSource } from './setting.ts';
import { FILE_KEYS } from './setting-table.ts';

export interface ChangedConfig {
  readonly path: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** For each key that was named: what counts more than the file, and so makes the change one without effect. */
  readonly overriddenBy: Readonly<Record<string, string | null>>;
}

/**
 * What the configuration file would hold after some keys were set, or taken out by `null`. Judged as a start would judge
 * it, with nothing in the environment that could hide a bad value.
 */
export function changeConfig(
  input: ConfigInput,
  changes: Readonly<Record<string, unknown>>,
): Result<ChangedConfig, readonly string[]> {
  const { flags, cwd, reader } = input;
  if (flags.config === undefined) return err(['no configuration file was named at the start']);
  const path = reader.resolvePath(cwd, flags.config);
  const present = reader.json(path);
  if (!present.ok) return err([present.error]);
  const content = merge(present.value, changes);
  const missing = Object.keys(changes).filter((key) => !Object.hasOwn(content, key) && !isKnown(key, present.value));
  if (missing.length > 0)
    return err(missing.map((key) => `${describeSource({ kind: 'file', path, key })} is not a known key`));
  const changed = { ...reader, json: () => ok(content) };
  const alone = { flags: { config: path }, environment: {}, cwd };
  const judged = resolveConfig({
    ...alone,
    reader: { ...changed, variables: () => ok({ variables: {}, notice: null }) },
  });
  if (!judged.ok) return judged;
  const effective = resolveConfig({ ...input, reader: changed });
  if (!effective.ok) return effective;
  const sources = new Map(describeConfig(effective.value).map(({ key, source }) => [key, source]));
  const overriding = Object.entries(changes).map(([key, value]) => {
    const source = sources.get(key);
    const isOverridden = value !== null && source !== undefined && source.kind !== 'file';
    return [key, isOverridden ? describeSource(source) : null] as const;
  });
  return ok({ path, content, overriddenBy: Object.fromEntries(overriding) });
}

/** A key that means nothing can be taken out where it stands: no daemon starts while it does. */
const isKnown = (key: string, present: unknown): boolean =>
  FILE_KEYS.includes(key) || (typeof present === 'object' && present !== null && Object.hasOwn(present, key));

function merge(present: unknown, changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = typeof present === 'object' && present !== null ? Object.entries(present) : [];
  const merged = new Map<string, unknown>([...entries, ...Object.entries(changes)]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== null));
}
