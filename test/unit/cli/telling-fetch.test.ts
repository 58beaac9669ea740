import { describe, expect, it } from 'vitest';
import { getRun } from '../../../contract/client/run-routes.ts';
import { resolveTarget } from '../../../main/cli/target.ts';
import { tellingFetch } from '../../../main/cli/telling-fetch.ts';
import { cliContext } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';
import { successOf } from '../../support/success-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RUN = { 'GET /api/v1/runs/r': { body: { id: 'r', state: 'running' } } };

describe('outside of every repository (CLI-34)', () => {
  it.each([
    [{ repo_root: '/home/me/shop', version: '1' }, 'the daemon of /home/me/shop at '],
    [{ repo_root: '/home/\u001b[2Jme', version: '1' }, 'the daemon of /home/\\x1b[2Jme at '],
    [undefined, 'the daemon at '],
  ])('the first answer says whose it is: %j', async (instance, who) => {
    const routes = instance === undefined ? RUN : { ...RUN, 'GET /api/v1/instance': { body: instance } };
    const { url: baseUrl } = await startStub(byRoute(routes));
    const { context, written } = cliContext();
    const connection = { baseUrl, token: null, fetch: tellingFetch(context.terminal) };
    for (let turn = 0; turn < 2; turn += 1) expect((await getRun(connection, 'r')).ok).toBe(true);
    expect(written).toEqual({ stdout: '', stderr: `In no repository: ${who}${baseUrl} answers.\n` });
  });

  it('is the only place where anyone is asked', () => {
    const { context } = cliContext({ cwd: temporaryFolder() });
    const fetchFromAnyone = tellingFetch(context.terminal);
    expect(successOf(resolveTarget({ ...context, fetchFromAnyone })).fetch).toBe(fetchFromAnyone);
    const env = { ORCHESTRATORD_URL: 'http://127.0.0.1:1' };
    expect(successOf(resolveTarget({ ...context, env, fetchFromAnyone })).fetch).not.toBe(fetchFromAnyone);
  });
});
