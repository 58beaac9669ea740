import { type DaemonConfig, FILE_KEYS } from './daemon-config.ts';
import type { Setting, SettingSource } from './setting.ts';

export type SettingValue = string | number | boolean | readonly string[];

/** One setting as people know it. */
export interface SettingEntry {
  /** As a configuration file names it, or would. */
  readonly key: string;
  readonly value: SettingValue;
  readonly source: SettingSource;
  /** It can stand in a configuration file. */
  readonly isFileKey: boolean;
}

/** Every setting with its value and where that came from. Credentials in an address are taken out. */
export function describeConfig({ notices: _, simulation, ...settings }: DaemonConfig): readonly SettingEntry[] {
  const agents = Object.entries(simulation.agents).map(([agent, setting]) => entryOf(`simulation.${agent}`, setting));
  const plain = Object.entries(settings).map(([name, setting]) => entryOf(fileKeyOf(name), setting));
  return [...plain, entryOf('simulation', simulation.all), ...agents];
}

const fileKeyOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const entryOf = (key: string, { value, source }: Setting<SettingValue>): SettingEntry => ({
  key,
  value: typeof value === 'string' ? withoutCredentials(value) : value,
  source,
  isFileKey: FILE_KEYS.some((known) => known === key),
});

const withoutCredentials = (value: string): string => value.replace(/^(https?:\/\/)[^/@]*@/, '$1[redacted]@');
