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
}

/** What is known of the program behind a profile without running it for anything but its version. */
export interface ProgramFacts {
  /** Null: it is not here, or its agent has none. */
  readonly program: { readonly path: string; readonly version: string | null } | null;
  /** What to install or set; null: everything is here. */
  readonly missing: string | null;
  readonly isLoggedIn: boolean | null;
}

export async function probeProgram({ profile, driver, env, askVersion, anew }: ProbedProfile): Promise<ProgramFacts> {
  const [located, isLoggedIn] = await Promise.all([locateProgram({ profile, driver, env }), loginOf(driver, env)]);
  if (!located.ok) return { program: null, missing: located.error, isLoggedIn };
  if (located.value === null) return { program: null, missing: null, isLoggedIn };
  const version = await askVersion({ program: located.value, env, anew });
  return { program: { path: located.value[0], version }, missing: null, isLoggedIn };
}

/** Files of a vendor that cannot be read tell nothing. */
const loginOf = (driver: AgentDriver, env: ProbedProfile['env']): Promise<boolean | null> =>
  driver.isLoggedIn(env).catch(() => null);
