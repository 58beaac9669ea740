import { realpath, stat } from 'node:fs/promises';
import { err, ok, type Result } from '../../../contract/result.ts';
import { writeAtomically } from '../adapters/files/atomic-write.ts';
import { listInstances } from '../adapters/instance/instance-file.ts';
import { changeConfig } from '../config/change-config.ts';
import { describeConfig } from '../config/describe-config.ts';
import type { Configuration } from '../services/ports/configuration.ts';
import type { InstanceList } from '../services/ports/instance-list.ts';
import type { Problem } from '../services/ports/problem.ts';
import type { Place } from './open-place.ts';

const PERMISSION_BITS = 0o777;

export function composeConfiguration({ config, configInput }: Pick<Place, 'config' | 'configInput'>): Configuration {
  const { flags, cwd, reader } = configInput;
  let last: Promise<unknown> = Promise.resolve();
  return {
    list: () => describeConfig(config),
    filePath: flags.config === undefined ? null : reader.resolvePath(cwd, flags.config),
    /** One after the other: each reads what the one before has written. */
    change(changes) {
      const changing = last.then(() => writeChange(configInput, changes));
      last = changing.catch(() => undefined); // whoever asked for it is told
      return changing;
    },
  };
}

async function writeChange(
  input: Place['configInput'],
  changes: Readonly<Record<string, unknown>>,
): ReturnType<Configuration['change']> {
  const changed = changeConfig(input, changes);
  if (!changed.ok) return err({ code: 'invalid_input', sentence: changed.error.join('; ') });
  const { path, content, overriddenBy } = changed.value;
  const target = await realpath(path); // a link that leads to the file stays one
  const mode = (await stat(target)).mode & PERMISSION_BITS;
  const written = await writeAtomically({ path: target, data: `${JSON.stringify(content, null, 2)}\n`, mode });
  return written.ok ? ok(overriddenBy) : err({ code: 'state_conflict', sentence: written.error.sentence });
}

/** The daemons of this user, from the index that each of them writes itself into. */
export const composeInstances = (indexDir: string) => async (): Promise<Result<InstanceList, Problem>> => {
  const listed = await listInstances(indexDir);
  if (!listed.ok) return err({ sentence: listed.error.sentence });
  const { found, damaged } = listed.value;
  return ok({ found, damaged: damaged.map(({ sentence }) => sentence) });
};
