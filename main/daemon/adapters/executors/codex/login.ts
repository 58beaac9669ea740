import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Variables } from '../agent/agent.ts';

/** Where Codex keeps its configuration, its login and its sessions. */
export const codexHomeOf = (environment: Variables): string =>
  environment['CODEX_HOME'] ?? join(environment['HOME'] ?? '', '.codex');

/** A key in the environment, or a login in Codex's own folder. What a configuration of one's own needs is not looked at. */
export async function isLoggedIn(environment: Variables): Promise<boolean> {
  if (['CODEX_API_KEY', 'OPENAI_API_KEY'].some((key) => (environment[key] ?? '') !== '')) return true;
  return access(join(codexHomeOf(environment), 'auth.json')).then(
    () => true,
    () => false,
  );
}
