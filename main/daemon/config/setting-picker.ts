import { describeSource, type Setting, type SettingSource } from './setting.ts';
import type { ParseValue } from './value-parsers.ts';

/** How one setting is called in each place, and how its value is read. */
export interface SettingRow<T> {
  /** Its key in the configuration file. */
  readonly file?: string;
  /** Its variables, the one to use first. */
  readonly variables?: readonly string[];
  /** A repository's own `.env` has no say in it. */
  readonly isOperatorOnly?: boolean;
  readonly flag?: { readonly key: string; readonly value: unknown };
  readonly fallback: T;
  readonly parse: ParseValue<T>;
}

export interface SettingPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dotenv: { readonly path: string; readonly variables: Readonly<Record<string, string>> };
  readonly file: { readonly path: string; readonly content: Readonly<Record<string, unknown>> } | null;
}

export interface SettingPicker {
  /** The value from the place that counts most. A bad value is noted and the fallback stands in. */
  pick<T>(row: SettingRow<T>): Setting<T>;
  readonly problems: readonly string[];
}

/** Defaults < file < `.env` < environment < flags. An empty variable is none. */
export function createSettingPicker(places: SettingPlaces): SettingPicker {
  const problems: string[] = [];
  return {
    problems,
    pick(row) {
      const found = findRaw(row, places);
      if (found === null) return { value: row.fallback, source: { kind: 'default' } };
      const parsed = row.parse(found.raw);
      if (parsed.ok) return { value: parsed.value, source: found.source };
      problems.push(`${describeSource(found.source)} must be ${parsed.error}`);
      return { value: row.fallback, source: { kind: 'default' } };
    },
  };
}

interface FoundValue {
  readonly raw: unknown;
  readonly source: SettingSource;
}

function findRaw(row: Omit<SettingRow<unknown>, 'parse'>, places: SettingPlaces): FoundValue | null {
  const { flag, variables = [], isOperatorOnly, file: fileKey } = row;
  if (flag !== undefined && flag.value !== undefined) {
    return { raw: flag.value, source: { kind: 'flag', key: flag.key } };
  }
  const exported = findVariable(places.environment, variables);
  if (exported !== null) return { raw: exported.value, source: { kind: 'environment', key: exported.key } };
  const { path, variables: declared } = places.dotenv;
  const own = isOperatorOnly === true ? null : findVariable(declared, variables);
  if (own !== null) return { raw: own.value, source: { kind: 'dotenv', path, key: own.key } };
  const { file } = places;
  if (file === null || fileKey === undefined || !Object.hasOwn(file.content, fileKey)) return null;
  return { raw: file.content[fileKey], source: { kind: 'file', path: file.path, key: fileKey } };
}

function findVariable(variables: Readonly<Record<string, string | undefined>>, keys: readonly string[]) {
  for (const key of keys) {
    const value = Object.hasOwn(variables, key) ? variables[key] : undefined;
    if (value !== undefined && value.trim() !== '') return { key, value };
  }
  return null;
}
