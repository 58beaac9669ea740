import type { DaemonConfig } from './daemon-config.ts';
import type { Setting, SettingSource } from './setting.ts';
import { EVERY_SETTING } from './setting-table.ts';

export type SettingValue = string | number | boolean | readonly string[];

/** One setting as people know it. */
export interface SettingEntry {
  /** As a configuration file names it, or would. */
  readonly key: string;
  readonly value: SettingValue;
  readonly source: SettingSource;
  /** It can stand in a configuration file. */
  readonly isFileKey: boolean;
  /** For people, in one or two sentences. */
  readonly meaning: string;
}

/** Every setting with its value and where that came from. Credentials in an address are taken out. */
export function describeConfig({ notices: _, simulation, ...settings }: DaemonConfig): readonly SettingEntry[] {
  const agents = Object.entries(simulation.agents).map(([agent, setting]) => entryOf(`simulation.${agent}`, setting));
  const plain = Object.entries(settings).map(([name, setting]) => entryOf(fileKeyOf(name), setting));
  return [...plain, entryOf('simulation', simulation.all), ...agents];
}

const fileKeyOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function entryOf(key: string, { value, source }: Setting<SettingValue>): SettingEntry {
  const facts = FACTS.get(key);
  return {
    key,
    value: typeof value === 'string' ? withoutCredentials(value) : value,
    source,
    isFileKey: facts?.file !== undefined,
    meaning: facts?.meaning ?? '',
  };
}

const FACTS = new Map(EVERY_SETTING);

const withoutCredentials = (value: string): string => value.replace(/^(https?:\/\/)[^/@]*@/, '$1[redacted]@');
