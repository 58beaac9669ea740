import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../../main/cli/open-browser.ts';
import { createCliRepository } from '../../support/cli-repository.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { byRoute, startStub } from '../../support/stub-daemon.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LINK = /^http:\/\/127\.0\.0\.1:\d+\/i\/[\w.-]+\/#link=[\w-]{43}\n$/;

/** Programs under these names that write down what they were asked. */
function fakePrograms(...names: readonly string[]) {
  const folder = temporaryFolder();
  const asked = join(folder, 'asked');
  mkdirSync(join(folder, 'bin'));
  for (const name of names) {
    const text = `#!/bin/sh\nprintf '%s\\n' "$0" "$@" > ${asked}.tmp && mv ${asked}.tmp ${asked}\n`;
    writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
  }
  const readAsked = async (): Promise<readonly string[]> => {
    await waitUntil(() => existsSync(asked));
    return readFileSync(asked, 'utf8').trimEnd().split('\n');
  };
  return { path: join(folder, 'bin'), readAsked };
}

describe('open (CLI-44)', { timeout: 60_000 }, () => {
  it('starts a daemon, prints a link, and gives it to the browser', async () => {
    const { start, root, daemonPid, cli } = createCliRepository();
    const { path, readAsked } = fakePrograms('xdg-open');
    const env = { PATH: `${path}:${process.env['PATH']}`, DISPLAY: ':0', WAYLAND_DISPLAY: '', WSL_DISTRO_NAME: '' };
    const opened = start(['open'], { env });
    expect((await opened.ended).exitCode).toBe(0);
    const url = opened.stdout().trim();
    expect(opened.stdout()).toMatch(LINK);
    expect(opened.stderr()).toMatch(/^The daemon is ready: .*\nOpened in your browser with xdg-open\. .* good once, /);
    expect(await readAsked()).toEqual([join(path, 'xdg-open'), url]);
    const again = await cli('open', '--print', '--repo-root', root);
    expect([again.stdout.trim() === url, again.stdout]).toEqual([false, expect.stringMatching(LINK)]);
    expect(again.stderr).toBe('Open it in a browser. The address is good once, within five minutes.\n');
    expect(daemonPid()).not.toBeNull();
    expect((await cli('down')).exitCode).toBe(0);
  });

  it('says so when there is no browser', async () => {
    const { start } = createCliRepository();
    const opened = start(['open', '--sim'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '', WSL_DISTRO_NAME: '' } });
    expect((await opened.ended).exitCode).toBe(0);
    expect(opened.stdout()).toMatch(LINK);
    expect(opened.stderr()).toContain('No browser was found here: open the address in one on this machine.');
  });
});

describe('the browser that is opened (CLI-44)', () => {
  const URL_OF_LINK = 'http://127.0.0.1:8085/i/a.b/#link=A-_9';

  it.each([
    ['that of Windows, in WSL', ['wslview', 'rundll32.exe', 'xdg-open'], 'wslview', [URL_OF_LINK]],
    [
      'by Windows itself where wslu is missing',
      ['rundll32.exe', 'xdg-open'],
      'rundll32.exe',
      ['url.dll,FileProtocolHandler', URL_OF_LINK],
    ],
    ['one of Linux, where Windows is not in PATH', ['xdg-open'], 'xdg-open', [URL_OF_LINK]],
  ])('is %s', async (_which, names, program, args) => {
    const { path, readAsked } = fakePrograms(...names);
    const env = { PATH: `${path}:/usr/bin:/bin`, DISPLAY: ':0', WSL_DISTRO_NAME: 'Debian' };
    expect(await openBrowser({ env }, URL_OF_LINK)).toBe(program);
    expect((await readAsked()).slice(1)).toEqual(args);
  });

  it('is none without a screen, and for what is no link of a daemon', async () => {
    const { path } = fakePrograms('xdg-open', 'wslview');
    const screen = { PATH: path, DISPLAY: ':0' };
    expect(await openBrowser({ env: { PATH: path } }, URL_OF_LINK)).toBeNull();
    for (const url of [
      `${URL_OF_LINK}&calc`,
      'https://evil.example/',
      'file:///etc/passwd',
      `${URL_OF_LINK} x`,
      '--help',
    ])
      expect([url, await openBrowser({ env: screen }, url)]).toEqual([url, null]);
  });
});

describe('token (CLI-45)', () => {
  const times = { created_at: '2026-11-20T06:36:29Z', last_used_at: '2026-11-20T07:00:00Z' };
  const token = (id: string, more: object) => ({ id, kind: 'window', name: 'Fire\u001bfox', ...times, ...more });
  const TOKENS = [
    token('token-1', { expires_at: '2999-01-01T00:00:00Z' }),
    token('token-2', { expires_at: '2020-01-01T00:00:00Z' }),
    token('token-3', { expires_at: null, revoked_at: '2026-11-20T08:00:00Z' }),
    token('token-4', { kind: 'client', expires_at: null }),
  ];

  it('list tells of each how long it is good', async () => {
    const stub = await startStub(byRoute({ 'GET /api/v1/tokens': { body: TOKENS } }));
    const { stdout } = await runCliAt(stub.url, ['tokens']);
    const rows = stdout.trimEnd().split('\n').slice(2);
    expect(
      rows.map((line) =>
        line
          .split(/ {2,}/)
          .at(-1)
          ?.replace(/.*(until|no:)/, '$1'),
      ),
    ).toEqual(['until 2999-01-01 00:00', 'no: expired', 'no: revoked', 'until it is revoked']);
    expect(stdout).toContain('Fire\\x1bfox');
  });

  it('list says when there is none', async () => {
    const stub = await startStub(byRoute({ 'GET /api/v1/tokens': { body: [] } }));
    expect((await runCliAt(stub.url, ['token', 'list'])).stdout).toBe(
      'Nobody was given a token: the one of this daemon lets in.\n',
    );
  });

  it('revoke says what was revoked', async () => {
    const stub = await startStub(byRoute({ 'DELETE /api/v1/tokens/token-1': { body: token('token-1', {}) } }));
    expect((await runCliAt(stub.url, ['token', 'revoke', 'token-1'])).stdout).toBe(
      'Token token-1 Fire\\x1bfox is revoked: it lets nobody in any more.\n',
    );
  });
});
