import { z } from 'zod';

/** Every setting with the place that its value came from. */
export interface SettingsView {
  readonly filePath: string | null;
  readonly settings: readonly {
    readonly key: string;
    readonly value: string | number | boolean | readonly string[];
    readonly source: { readonly kind: string; readonly path?: string; readonly key?: string };
    readonly isFileKey: boolean;
    readonly meaning: string;
  }[];
}

export const encodeSettings = ({ filePath, settings }: SettingsView) => ({
  file: filePath,
  settings: settings.map(({ key, value, source, isFileKey, meaning }) => ({
    key,
    value,
    source: source.kind,
    source_path: source.path ?? null,
    source_key: source.key ?? null,
    in_file: isFileKey,
    meaning,
  })),
});

export const WireSettings = z
  .object({
    file: z.string().nullable().meta({ description: 'The configuration file; null when none was named at the start.' }),
    settings: z.array(
      z.object({
        key: z.string(),
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
        source: z.enum(['default', 'file', 'dotenv', 'environment', 'flag']),
        source_path: z.string().nullable(),
        source_key: z.string().nullable().meta({ description: 'What the setting is called there.' }),
        in_file: z.boolean().meta({ description: 'It can stand in a configuration file.' }),
        meaning: z.string().meta({ description: 'What it does, for people.' }),
      }),
    ),
  })
  .meta({ id: 'Settings', description: 'What the daemon works with, and where each value came from.' });

/** Keys of the configuration file with their new values; `null` takes a key out. */
export const SettingsRequest = z.record(z.string().max(64), z.unknown()).meta({
  id: 'SettingsRequest',
  description: 'Keys of the configuration file with their new values; null takes a key out.',
});

export interface ChangedSettingsView {
  readonly filePath: string;
  readonly overriddenBy: Readonly<Record<string, string | null>>;
}

export const encodeChangedSettings = ({ filePath, overriddenBy }: ChangedSettingsView) => ({
  file: filePath,
  restart_needed: true,
  changed: Object.entries(overriddenBy).map(([key, by]) => ({ key, overridden_by: by })),
});

export const WireChangedSettings = z
  .object({
    file: z.string(),
    restart_needed: z.literal(true).meta({ description: 'Settings are read when the daemon starts.' }),
    changed: z.array(
      z.object({
        key: z.string(),
        overridden_by: z.string().nullable().meta({ description: 'What counts more than the file, if anything does.' }),
      }),
    ),
  })
  .meta({ id: 'ChangedSettings', description: 'What was written into the configuration file.' });
