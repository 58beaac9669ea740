import type { Result } from '../../../../contract/result.ts';
import type { Problem } from './problem.ts';

export interface Configuration {
  /** As it was read when the daemon started. */
  list(): readonly KnownSetting[];
  /** The configuration file that was named at the start; null: none was. */
  readonly filePath: string | null;
  /**
   * Sets keys of the file, or takes them out by `null`, and says of each what counts more than the file. An error says
   * what is wrong with a value; nothing was written then.
   */
  change(changes: Readonly<Record<string, unknown>>): Promise<Result<Readonly<Record<string, string | null>>, Problem>>;
}

export interface KnownSetting {
  readonly key: string;
  readonly value: string | number | boolean | readonly string[];
  readonly source: SettingOrigin;
  /** It can stand in a configuration file. */
  readonly isFileKey: boolean;
  /** For people, in one or two sentences. */
  readonly meaning: string;
}

/** Where the value of a setting came from; `key` is its name there. */
export type SettingOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file' | 'dotenv'; readonly path: string; readonly key: string }
  | { readonly kind: 'environment' | 'flag'; readonly key: string };
