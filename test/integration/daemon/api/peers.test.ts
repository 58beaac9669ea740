import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';

import { markVariable } from '../../../../main/daemon/adapters/process/environment-mark.ts';
import { composePeers } from '../../../../main/daemon/compose/compose-peers.ts';
import * as sample from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';

const MARK_PREFIX = 'test-instance:';
const MARK = `${MARK_PREFIX}s-min-a1:0123456789abcdef`;
const NOBODY = 65_534;
const NOBODY_PID = 2 ** 30;

/** Sends one request without any program of ours, so that every user of the machine can run it. */
const SEND = 'exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf "%s" "$REQUEST" >&3 && cat <&3';

describe('real processes at the other end', () => {
  let test: TestApi;
  /** This process serves and starts the operators: only where they are attempts is it the daemon that they descend from. */
  let daemonPid: number;
  beforeEach(async () => {
    await serveAs(NOBODY_PID);
  });
  const serveAs = async (pid: number): Promise<void> => {
    daemonPid = pid;
    test = await startTestApi({ peers: composePeers({ markPrefix: MARK_PREFIX, daemonPid, markOf: () => MARK }) });
    insertRun(test.store);
    test.store.steps.insert(sample.step({ record: { state: 'needs_approval' } }));
    test.store.attempts.insert(sample.attempt({ state: 'completed', endedAtMs: sample.AT_MS }));
    test.store.gates.insert(sample.gate({}));
  };

  interface Sender {
    readonly shell?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly options?: SpawnOptions;
    readonly token?: string;
  }

  const requestText = (line: string, { token }: Sender, body = ''): string =>
    [
      `${line} HTTP/1.1`,
      `Host: 127.0.0.1:${test.port}`,
      'Connection: close',
      `Content-Length: ${body.length}`,
      ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
      '',
      body,
    ].join('\r\n');

  /** The status line and the code of the refusal, as the process printed them. */
  async function send(request: string, { shell = SEND, env = {}, options = {} }: Sender): Promise<string> {
    const child = spawn('/bin/bash', ['-c', shell], {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], PORT: String(test.port), REQUEST: request, ...env },
      ...options,
    });
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
    });
    await once(child, 'close');
    const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? text;
    const code = /^x-codencer-error: (\S+)/im.exec(text)?.[1];
    return code === undefined ? status : `${status} ${code}`;
  }
  const read = (sender: Sender = {}) => send(requestText('GET /api/v1/runs', sender), sender);
  const approve = (sender: Sender = {}) =>
    send(requestText('POST /api/v1/gates/gate-s-min', sender, '{"action":"approve"}'), sender);

  it('HTTP-5: one of this user gets in', async () => {
    expect(await read()).toBe('200');
    expect(await approve()).toBe('200');
  });

  it('HTTP-5: one of another user gets in with the token only', async () => {
    // Only root can become somebody else; a table of users stands in for it in trust.test.ts.
    if (process.getuid?.() !== 0) return;
    const options = { uid: NOBODY, gid: NOBODY };
    expect(await read({ options })).toBe('403 forbidden_peer');
    expect(await approve({ options })).toBe('403 forbidden_peer');
    expect(await read({ options, token: TOKEN })).toBe('200');
  });

  it('HTTP-6: one that carries the mark of an attempt may not decide, with the token or without', async () => {
    const env = { [markVariable]: MARK };
    expect(await read({ env })).toBe('200');
    expect(await approve({ env })).toBe('403 forbidden_executor');
    expect(await approve({ env, token: TOKEN })).toBe('403 forbidden_executor');
    expect(test.store.gates.get(sample.gate({}).id)?.state).toBe('pending');
    const refused = test.store.events.read({ after: 0, limit: 10 }).filter(({ type }) => type === 'access.refused');
    expect(refused.map(({ actor }) => actor)).toEqual(['executor:s-min-a1', 'executor:s-min-a1']);
  });

  it('HTTP-6: nor may a child of it that opened a session and dropped the mark', async () => {
    const env = { [markVariable]: MARK, SEND };
    const hidden = `env -u ${markVariable} /bin/bash -c "$SEND"`;
    expect(await approve({ env, shell: `${hidden}; exit` })).toBe('403 forbidden_executor');
    expect(await approve({ env, shell: `setsid --wait ${hidden}; exit` })).toBe('403 forbidden_executor');
  });

  it('HTTP-6: nor does it help to send the decision and be gone', async () => {
    const shell = 'exec 3<>"/dev/tcp/127.0.0.1/$PORT" && printf "%s" "$REQUEST" >&3';
    for (let round = 0; round < 10; round += 1) {
      await approve({ shell, env: { [markVariable]: MARK }, token: TOKEN });
    }
    expect(await approve({ env: { [markVariable]: MARK } })).toBe('403 forbidden_executor');
    expect(test.store.gates.get(sample.gate({}).id)?.state).toBe('pending');
  });

  it('HTTP-6: nor may whoever descends from the daemon, however it hides its mark', async () => {
    await serveAs(process.pid);
    expect(await read()).toBe('200');
    expect(await approve()).toBe('403 forbidden_executor');
    expect(await approve({ token: TOKEN })).toBe('403 forbidden_executor');
    const refused = test.store.events.read({ after: 0, limit: 10 }).filter(({ type }) => type === 'access.refused');
    expect(refused.map(({ actor }) => actor)).toEqual(['unknown', 'unknown']);
  });

  it('HTTP-6: a mark that names another attempt without its secret blames nobody', async () => {
    const env = { [markVariable]: `${MARK_PREFIX}s-min-a1:guessed` };
    expect(await approve({ env })).toBe('403 forbidden_executor');
    const refused = test.store.events.read({ after: 0, limit: 10 }).filter(({ type }) => type === 'access.refused');
    expect(refused.map(({ actor }) => actor)).toEqual(['unknown']);
  });

  it('HTTP-6: the mark of another daemon is none', async () => {
    expect(await approve({ env: { [markVariable]: 'other-instance:s-min-a1:0123' } })).toBe('200');
  });
});
