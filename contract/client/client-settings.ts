import type { JsonValue } from './json-value.ts';
import type { Fields } from './read-fields.ts';

/** What the daemon works with. */
export interface ClientSettings {
  /** The configuration file; `null`: none was named at the start. */
  readonly file: string | null;
  readonly settings: readonly ClientSetting[];
}

export interface ClientSetting {
  readonly key: string;
  readonly value: JsonValue;
  /** `default`, `file`, `dotenv`, `environment`, `flag`. */
  readonly source: string;
  readonly sourcePath: string;
  /** What it is called there. */
  readonly sourceKey: string;
  /** It can stand in a configuration file, and so be changed. */
  readonly isFileKey: boolean;
  /** Empty: an older daemon does not say. */
  readonly meaning: string;
}

export const clientSettings = (fields: Fields): ClientSettings => ({
  file: fields.optionalText('file'),
  settings: fields.objects('settings', (one) => ({
    key: one.id('key'),
    value: one.value('value'),
    source: one.text('source'),
    sourcePath: one.text('source_path'),
    sourceKey: one.text('source_key'),
    isFileKey: one.flag('in_file'),
    meaning: one.text('meaning'),
  })),
});

/** What was written; it counts from the next start on. */
export interface ClientChangedSettings {
  readonly file: string;
  readonly changed: readonly { readonly key: string; readonly overriddenBy: string | null }[];
}

export const clientChangedSettings = (fields: Fields): ClientChangedSettings => ({
  file: fields.text('file'),
  changed: fields.objects('changed', (one) => ({
    key: one.id('key'),
    overriddenBy: one.optionalText('overridden_by'),
  })),
});
