import type { ExecutorProfile } from '../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Variables } from '../adapters/process/executor-environment.ts';

/** The daemon's own variables. */
export type OwnVariables = Readonly<Record<string, string | undefined>>;

/** The variables that a profile names. A source that is not set keeps the program from starting: it would only fail later. */
export function variablesOf(profile: ExecutorProfile, own: OwnVariables): Result<Variables, string> {
  const pairs = Object.entries(profile.environment).map(([name, source]) => ({
    name,
    source,
    value: own[source] ?? '',
  }));
  const missing = pairs.find(({ value }) => value === '');
  if (missing === undefined) return ok(Object.fromEntries(pairs.map(({ name, value }) => [name, value])));
  const { name, source } = missing;
  return err(
    `the variable ${source}, from which profile "${profile.name}" takes ${name}, is not set where the daemon was started`,
  );
}

/** What the program of a profile would see. Those that are missing do not hide what else can be seen. */
export function visibleTo(
  profile: ExecutorProfile,
  { environment, own }: { readonly environment: () => Variables; readonly own: OwnVariables },
): Variables {
  const added = Object.entries(profile.environment).flatMap(([name, source]) => {
    const value = own[source];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...environment(), ...Object.fromEntries(added) };
}
