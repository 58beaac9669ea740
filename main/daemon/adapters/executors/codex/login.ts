import { join } from 'node:path';
import type { Variables } from '../agent/agent.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';

/** Where Codex keeps its configuration, its login and its sessions. */
export const codexHomeOf = (environment: Variables): string =>
  environment['CODEX_HOME'] ?? join(environment['HOME'] ?? '', '.codex');

/** A key in the environment, or a login in Codex's own folder. What a configuration of one's own needs is not looked at. */
export async function isLoggedIn(environment: Variables): Promise<boolean> {
  if (hasVariable(environment, ['CODEX_API_KEY', 'OPENAI_API_KEY'])) return true;
  return isThere(join(codexHomeOf(environment), 'auth.json'));
}
