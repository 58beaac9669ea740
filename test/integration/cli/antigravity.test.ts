import { describe, expect, it } from 'vitest';

import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';

const BOUND = { pid: 7, https_port: 4711, csrf_token: 'secret', workspace_root: '/w\u001b[2J', is_reachable: true };

describe('antigravity, with a daemon that has one', () => {
  it('lists what is there, without its token', async () => {
    const stub = await startStub(byRoute({ 'GET /api/v1/antigravity/instances': { body: [BOUND] } }));
    const { exitCode, stdout } = await runCliAt(stub.url, ['antigravity', 'list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^7 +4711 +yes +\/w\\x1b\[2J$/m);
    expect(stdout).not.toContain('secret');
  });

  it.each([
    [BOUND, 'Status:      BOUND\nPID:         7\nPort:        4711\nWorkspace:   /w\\x1b[2J\n'],
    [{ ...BOUND, is_reachable: false }, 'Status:      STALE (Process not reachable)\nPID:         7\n'],
    [null, 'No Antigravity instance currently bound to this repo.\n'],
  ])('tells the status of %j', async (body, text) => {
    const stub = await startStub(byRoute({ 'GET /api/v1/antigravity/status': { body } }));
    expect(await runCliAt(stub.url, ['antigravity', 'status'])).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });

  it('binds and unbinds', async () => {
    const stub = await startStub(
      byRoute({ 'POST /api/v1/antigravity/bind': {}, 'DELETE /api/v1/antigravity/bind': {} }),
    );
    const bound = await runCliAt(stub.url, ['antigravity', 'bind', '7', '--json']);
    expect(JSON.parse(bound.stdout)).toEqual({ pid: 7, status: 'success' });
    expect(stub.requests[0]?.body).toBe('{"pid":7}');
    const forPeople = await runCliAt(stub.url, ['antigravity', 'bind', '7']);
    expect(forPeople.stdout).toBe('Antigravity process 7 is bound to this repo\n');
    const unbound = await runCliAt(stub.url, ['antigravity', 'unbind']);
    expect(unbound.stdout).toBe('No Antigravity instance is bound to this repo any more\n');
  });

  it.each(['abc', '-1', '0', '1.5', '99999999999'])('bind: %s is no process id', async (word) => {
    const { exitCode, stdout } = await runCliAt('http://127.0.0.1:1', ['antigravity', 'bind', word, '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([
      1,
      { error: 'invalid pid', message: `"${word}" is no process id` },
    ]);
  });
});
