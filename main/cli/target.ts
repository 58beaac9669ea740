import type { Connection } from '../../contract/client/http-types.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, notRunning, usageFailure } from './cli-failure.ts';
import { readDotEnv } from './dot-env.ts';
import { httpFetch } from './http-fetch.ts';
import { findInstanceFile, findRepository, type InstanceFile, isPidAlive, readToken } from './instance-file.ts';
import { isLoopbackUrl } from './loopback.ts';

type World = Pick<CliContext, 'env' | 'cwd' | 'programName' | 'fetchFromAnyone'>;

/** Where inherited clients look when nothing is said. */
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = '8085';

/**
 * The daemon that a command talks to: `ORCHESTRATORD_URL`, else `HOST` and `PORT` (each from the environment or, if it
 * is not there, from `./.env`), else the nearest `.codencer/instance.json` upwards. Outside of every repository the
 * inherited default address is tried; inside one it could be the daemon of another repository. Whoever asks again and
 * again names the repository as `home`: when its folder is gone, what lies above it is a stranger's.
 */
export function resolveTarget(world: World, home = findRepository(world.cwd)): Result<Connection, CliFailure> {
  const declared = declaredUrl(world);
  if (!declared.ok) return declared;
  const found = findInstanceFile(world.cwd);
  if (declared.value !== null) return ok(connectionTo(declared.value, found));
  if (home !== findRepository(world.cwd)) return err(notRunning(`${home} is not there any more`, world.programName));
  if (found !== null) return runningInstance(found, world);
  if (home === null) {
    const anyone = connectionTo(`http://${DEFAULT_HOST}:${DEFAULT_PORT}`, null);
    return ok({ ...anyone, fetch: world.fetchFromAnyone ?? anyone.fetch });
  }
  return err(notRunning(`no daemon runs for ${home}`, world.programName));
}

function declaredUrl({ env, cwd }: World): Result<string | null, CliFailure> {
  const values = { ...readDotEnv(cwd), ...withoutEmpty(env) };
  const url = urlOf(values);
  const port = values['PORT'] ?? '';
  if (url !== null && !values['ORCHESTRATORD_URL'] && port !== '' && !isPort(port)) {
    const where = env['PORT'] === port ? 'the environment' : '.env';
    const message = `PORT in ${where} must be a whole number from 0 to 65535, not ${JSON.stringify(port)}`;
    return err({ ...usageFailure(message), nextStep: 'Mend it there, or name the daemon with ORCHESTRATORD_URL' });
  }
  if (url === null || url === urlOf(env) || isLoopbackUrl(url)) return ok(url);
  const message = `.env leads to ${url}, which is not this machine`;
  return err({ ...usageFailure(message), nextStep: 'If that is meant, set ORCHESTRATORD_URL in the environment' });
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

function urlOf(values: Readonly<Record<string, string | undefined>>): string | null {
  const url = values['ORCHESTRATORD_URL'] ?? '';
  if (url !== '') return url.replace(/\/+$/, '');
  const host = values['HOST'] ?? '';
  const port = values['PORT'] ?? '';
  return host === '' && port === '' ? null : `http://${host || DEFAULT_HOST}:${port || DEFAULT_PORT}`;
}

const withoutEmpty = (env: CliContext['env']): CliContext['env'] =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));

/** The token goes to no other address than the one that the file beside it names. */
function connectionTo(baseUrl: string, found: InstanceFile | null): Connection {
  const token = found?.baseUrl === baseUrl ? readToken(found.stateDir) : null;
  return { baseUrl, token, fetch: httpFetch };
}

/** After a crash the file names a port that meanwhile may belong to another repository's daemon: the pid tells. */
function runningInstance(found: InstanceFile, { programName }: World): Result<Connection, CliFailure> {
  if (isPidAlive(found.pid)) return ok(connectionTo(found.baseUrl, found));
  return err(notRunning(`no daemon answers: process ${found.pid} of ${found.stateDir} has ended`, programName));
}
