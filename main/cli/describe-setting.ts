import type { ClientSetting } from '../../contract/client/client-settings.ts';
import type { JsonValue } from '../../contract/client/json-value.ts';
import { oneLine } from './terminal.ts';

/** As it would be typed: texts as they are, anything else as JSON. */
export const settingValue = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Where a value came from: `PORT in the environment`, `slots in /etc/codencer.json`, `the default`. */
export function settingSource({ source, sourcePath, sourceKey }: ClientSetting): string {
  switch (source) {
    case 'default':
      return 'the default';
    case 'environment':
      return `${oneLine(sourceKey)} in the environment`;
    case 'file':
    case 'dotenv':
      return `${oneLine(sourceKey)} in ${oneLine(sourcePath)}`;
    default:
      return oneLine(sourceKey || source); // a flag, or a place that a newer daemon knows
  }
}
