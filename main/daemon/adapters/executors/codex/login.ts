import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Variables } from '../../process/executor-environment.ts';
import { hasVariable, isThere } from '../agent/login-traces.ts';

/** Where Codex keeps its configuration, its login and its sessions. */
export const codexHomeOf = (environment: Variables): string =>
  environment['CODEX_HOME'] ?? join(environment['HOME'] ?? '', '.codex');

/**
 * A key in the environment, or a login in Codex's own folder. Null, nobody can tell: its configuration names a provider
 * of models of its own, which brings its own key or needs none.
 */
export async function isLoggedIn(environment: Variables): Promise<boolean | null> {
  if (hasVariable(environment, ['CODEX_API_KEY', 'OPENAI_API_KEY'])) return true;
  const home = codexHomeOf(environment);
  if (await isThere(join(home, 'auth.json'))) return true;
  return (await namesProvider(join(home, 'config.toml'))) ? null : false;
}

const PROVIDER = /^\s*(?:model_provider|env_key)\s*=/m;

const namesProvider = (configPath: string): Promise<boolean> =>
  readFile(configPath, 'utf8').then(
    (text) => PROVIDER.test(text),
    () => false, // none, or not for us
  );
