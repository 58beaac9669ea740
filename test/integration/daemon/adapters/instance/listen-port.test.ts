import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InstanceId } from '../../../../../contract/ids.ts';
import type { InstanceInfo } from '../../../../../contract/instance.ts';
import { encodeInstance } from '../../../../../contract/wire/instance.ts';
import { publishInstance } from '../../../../../main/daemon/adapters/instance/instance-file.ts';
import { listenOnPort } from '../../../../../main/daemon/adapters/instance/listen-port.ts';
import { whoHasPort } from '../../../../../main/daemon/adapters/instance/who-has-port.ts';
import { failureOf, successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const host = '127.0.0.1';
const addressOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return address.port;
};

async function occupy(server: Server | ReturnType<typeof createSocketServer>, port = 0): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return addressOf(server);
}

/** A server of the kind that the daemon listens with. */
function createListener() {
  const server = fastify();
  onTestFinished(() => server.close());
  return async (port: number) => {
    await server.listen({ port, host });
    return addressOf(server.server);
  };
}

const whoHas = async (port: number) => `somebody on ${port}`;
const instance = (port: number): InstanceInfo => ({
  id: InstanceId.parse('one'),
  version: '0.1.0',
  repoRoot: '/srv/other',
  stateDir: '/srv/other/.codencer',
  workspaceRoot: '/srv/other/.codencer/workspace',
  host,
  port,
  baseUrl: `http://${host}:${port}`,
  executionMode: 'real',
  pid: process.pid,
  startedAtMs: 0,
  nodeVersion: process.version,
  system: 'Linux',
});

describe('listenOnPort', () => {
  it('takes the wished port when it is free (INST-10)', async () => {
    const port = await occupy(createServer());
    const free = successOf(await listenOnPort({ port: port + 1, isFixed: false, listen: createListener(), whoHas }));
    expect(free).toBeGreaterThan(port);
  });

  it('takes the next free one when others have it, with the very same server (INST-10)', async () => {
    const port = await occupy(createServer());
    await occupy(createSocketServer(), port + 1).catch(() => 'somebody else has it, which is as good');
    const taken = successOf(await listenOnPort({ port, isFixed: false, listen: createListener(), whoHas }));
    expect(taken).toBeGreaterThan(port + 1);
    expect(taken).toBeLessThanOrEqual(port + 50);
  });

  it('refuses a fixed port that is busy and says who has it (INST-10)', async () => {
    const port = await occupy(createServer());
    expect(failureOf(await listenOnPort({ port, isFixed: true, listen: createListener(), whoHas }))).toEqual({
      kind: 'busy',
      port,
      sentence: `port ${port} is taken, by somebody on ${port}; choose another --port, or none`,
    });
  });

  it('gives up after 51 ports, and lets the system choose with 0 (INST-10)', async () => {
    const tried: number[] = [];
    const listen = async (port: number) => {
      tried.push(port);
      throw Object.assign(new Error('busy'), { code: 'EADDRINUSE', syscall: 'listen' });
    };
    const { sentence } = failureOf(await listenOnPort({ port: 8085, isFixed: false, listen, whoHas }));
    expect([tried.length, tried.at(-1)]).toEqual([51, 8135]);
    expect(sentence).toContain('ports 8085 to 8135 are taken, the first by somebody on 8085');
    const chosen = successOf(await listenOnPort({ port: 0, isFixed: false, listen: createListener(), whoHas }));
    expect(chosen).toBeGreaterThan(0);
  });

  it.each([
    ['EACCES', 'denied', 'port 80 may not be used by this user; choose a --port from 1024 up'],
    ['EADDRNOTAVAIL', 'no-address', 'no; this machine has no such address: choose another host'],
  ])('tries no other port after %s (INST-10)', async (code, kind, sentence) => {
    const tried: number[] = [];
    const listen = async (port: number) => {
      tried.push(port);
      throw Object.assign(new Error('no'), { code, syscall: 'listen' });
    };
    const problem = failureOf(await listenOnPort({ port: 80, isFixed: false, listen, whoHas }));
    expect([problem, tried]).toEqual([{ kind, port: 80, sentence }, [80]]);
  });

  it('says that a port is not for this user, and passes bugs on', async () => {
    const denied = async () => {
      throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'listen' });
    };
    expect(failureOf(await listenOnPort({ port: 80, isFixed: true, listen: denied, whoHas })).kind).toBe('denied');
    const broken = () => Promise.reject(new TypeError('bug'));
    await expect(listenOnPort({ port: 80, isFixed: true, listen: broken, whoHas })).rejects.toThrow('bug');
  });
});

describe('whoHasPort', () => {
  it('knows a daemon from the index (INST-10)', async () => {
    const places = { stateDir: temporaryFolder(), indexDir: join(temporaryFolder(), 'index') };
    await publishInstance(places, instance(9999));
    expect(await whoHasPort(9999, places)).toBe(`the daemon of "/srv/other" (process ${process.pid})`);
  });

  it('asks a daemon that the index does not list (INST-10)', async () => {
    const server = createServer((_, response) => response.end(JSON.stringify(encodeInstance(instance(port)))));
    const port: number = await occupy(server);
    expect(await whoHasPort(port, { indexDir: temporaryFolder() })).toContain('the daemon of "/srv/other"');
  });

  it.each([
    ['speaks another language', (server: Server) => server.on('request', (_, response) => response.end('hello'))],
    ['says nothing', (server: Server) => server.on('request', () => undefined)],
    ['hangs up', (server: Server) => server.on('request', (request) => request.socket.destroy())],
    ['never ends', (server: Server) => server.on('request', (_, response) => response.write('x'.repeat(100_000)))],
  ])('knows nobody when the program %s (INST-10)', async (_, behave) => {
    const server = createServer();
    behave(server);
    const port = await occupy(server);
    onTestFinished(() => server.closeAllConnections());
    expect(await whoHasPort(port, { indexDir: temporaryFolder() })).toBe('another program');
  });
});
