import type { ExecutorProfile } from '../../../../contract/executor-profile.ts';
import type { AgentDriver } from './agent/agent.ts';
import { locateProgram } from './locate-program.ts';
import type { AskVersion } from './program-version.ts';

export interface ProbedProfile {
  readonly profile: ExecutorProfile;
  readonly driver: AgentDriver;
  /** What its program would see. */
  readonly env: Readonly<Record<string, string>>;
  readonly askVersion: AskVersion;
  readonly anew: boolean;
  /** Whether the program may be run for its version, when it is not known already. */
  readonly mayRun: (located: readonly [string, ...string[]]) => Promise<boolean>;
}

/** What is known of the program behind a profile without running it for anything but its version. */
export interface ProgramFacts {
  /** Null: it is not here, or its agent has none. */
  readonly program: { readonly path: string; readonly version: string | null } | null;
  /** What to install or set; null: everything is here. */
  readonly missing: string | null;
  readonly isLoggedIn: boolean | null;
  /** Its version is not known because it may not be run. */
  readonly isUntried: boolean;
}

export async function probeProgram(probed: ProbedProfile): Promise<ProgramFacts> {
  const { profile, driver, env, askVersion, anew } = probed;
  const [located, isLoggedIn] = await Promise.all([locateProgram({ profile, driver, env }), loginOf(driver, env)]);
  if (!located.ok) return { program: null, missing: located.error, isLoggedIn, isUntried: false };
  if (located.value === null) return { program: null, missing: null, isLoggedIn, isUntried: false };
  const mayRun = await probed.mayRun(located.value);
  const version = await askVersion({ program: located.value, env, anew, mayRun });
  const program = { path: located.value[0], version };
  return { program, missing: null, isLoggedIn, isUntried: version === null && !mayRun };
}

/** Files of a vendor that cannot be read tell nothing. */
const loginOf = (driver: AgentDriver, env: ProbedProfile['env']): Promise<boolean | null> =>
  driver.isLoggedIn(env).catch(() => null);
