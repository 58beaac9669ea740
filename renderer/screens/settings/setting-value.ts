import type { ClientSetting } from '../../../contract/client/client-settings.ts';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { err, ok, type Result } from '../../../contract/result.ts';

/** As it is written in a field: lists by commas. */
export const valueText = (value: JsonValue): string => {
  if (Array.isArray(value)) return value.map((one) => String(one)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** What was typed as a value of the kind that the setting has now. The daemon judges it; here only its kind is. */
export function typedValue(present: JsonValue, text: string): Result<JsonValue, string> {
  const trimmed = text.trim();
  if (Array.isArray(present)) {
    return ok(
      trimmed
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    );
  }
  if (typeof present === 'boolean') return ok(trimmed === 'true');
  if (typeof present !== 'number') return ok(trimmed);
  return /^-?\d+$/.test(trimmed) ? ok(Number(trimmed)) : err('It has to be a whole number.');
}

/** `the configuration file, as slots`, `the environment, as CODENCER_SLOTS`. */
export function sourceWords({ source, sourcePath, sourceKey }: ClientSetting): string {
  const as = sourceKey === '' ? '' : `, as ${sourceKey}`;
  switch (source) {
    case 'default':
      return 'its default';
    case 'file':
      return `the file ${sourcePath}${as}`;
    case 'dotenv':
      return `${sourcePath || 'the .env of the repository'}${as}`;
    case 'environment':
      return `the environment${as}`;
    case 'flag':
      return `the command line${as}`;
    default:
      return `${source}${as}`;
  }
}

/** What counts more than the file: a change there would have no effect. */
export const isOverridden = ({ source }: ClientSetting): boolean =>
  source === 'dotenv' || source === 'environment' || source === 'flag';

/** Asked about before they are written, and why. */
export const RISKS: Readonly<Record<string, string>> = {
  host: 'Other computers may reach the daemon. Whoever holds its token can then run commands here.',
  auth: 'Programs of this computer may get in without a token, or lose their way in.',
  db_path: 'The daemon starts with another record. The present one stays where it is and is not shown.',
  artifact_root: 'New evidence goes elsewhere. What is recorded stays where it is.',
  workspace_root: 'Worktrees are made elsewhere. Kept ones stay where they are.',
  repo_root: 'The daemon works for another clone.',
  rate_limit: 'Clients may be turned away, or one of them may take all of the daemon’s time.',
  simulation: 'Coding agents are no longer run, or are run for real.',
};
