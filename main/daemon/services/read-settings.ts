import type { ServiceContext } from './context.ts';
import type { KnownSetting } from './ports/configuration.ts';

export interface Settings {
  /** The configuration file; null when none was named at the start. */
  readonly filePath: string | null;
  readonly settings: readonly KnownSetting[];
}

/** Every setting as the daemon works with it, and where its value came from. What is a secret is not among them. */
export function readSettings({ configuration, evidence }: ServiceContext): Settings {
  const redact = (text: string) => evidence.redact(text, []);
  const settings = configuration.list().map((setting) => ({
    ...setting,
    value: typeof setting.value === 'string' ? redact(setting.value) : setting.value,
  }));
  return { filePath: configuration.filePath, settings };
}
