import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { viewOf } from '../../../contract/client/document.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { makeLink } from '../../../contract/client/link-routes.ts';
import { DAEMON_NODE_FLAGS } from '../../../main/cli/daemon-node-flags.ts';
import { endChild } from '../../bench/workshop.ts';
import { BUILT_CLI } from '../../support/built-programs.ts';
import { successOf } from '../../support/success-of.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';

/** A repository and its daemon, built, as `codencer up` starts it; the same port each time it is started. */
export interface House {
  readonly repository: TemporaryRepository;
  readonly baseUrl: string;
  /** As an operator's program, with the daemon's own token. */
  readonly connection: Connection;
  /** An address that lets one window in, once. */
  link(): Promise<string>;
  /** Starts the daemon, and resolves when it is ready. */
  start(): Promise<void>;
  /** SIGKILL, as a crash would be. */
  kill(): Promise<void>;
  /** SIGSTOP: it is there and does nothing. SIGCONT: it goes on. */
  hang(): void;
  goOn(): void;
  /** What the daemon has said since its last start. */
  output(): string;
  close(): Promise<void>;
}

export interface HousePlan {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Before the daemon is started for the first time. */
  readonly prepare?: (repository: TemporaryRepository) => void;
}

export async function openHouse({ files, env = {}, prepare }: HousePlan = {}): Promise<House> {
  const repository = createRepository(files);
  prepare?.(repository);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const daemon = daemonOf({ repository, port, env });
  await daemon.start();
  const token = readFileSync(join(repository.root, '.codencer/token'), 'utf8').trim();
  const connection: Connection = { baseUrl, token, fetch };
  return {
    repository,
    baseUrl,
    connection,
    ...daemon,
    link: async () => successOf(await viewOf(makeLink(connection))).url,
    async close() {
      await daemon.stop();
      repository.remove();
    },
  };
}

interface DaemonPlan {
  readonly repository: TemporaryRepository;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

function daemonOf({ repository: { root }, port, env }: DaemonPlan): Pick<
  House,
  'start' | 'kill' | 'hang' | 'goOn' | 'output'
> & {
  /** Asked to end, so that it ends what it runs; forced when it does not. */
  stop(): Promise<void>;
} {
  let child: ChildProcess | null = null;
  let output = '';
  return {
    output: () => output,
    async start() {
      output = '';
      const started = spawn(
        process.execPath,
        [...DAEMON_NODE_FLAGS, BUILT_CLI, 'daemon', '--repo-root', root, '--port', String(port)],
        {
          cwd: root,
          env: { ...ownEnvironment(), XDG_STATE_HOME: join(root, '../state'), ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      child = started;
      await ready(started, (text) => {
        output += text;
        return output;
      });
    },
    hang: () => void child?.kill('SIGSTOP'),
    goOn: () => void child?.kill('SIGCONT'),
    async stop() {
      if (child !== null) await endChild(child);
    },
    async kill() {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Settings of whoever runs the tests are not for these daemons. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CODENCER|ORCHESTRATORD)_/.test(name)));

async function ready(child: ChildProcess, collect: (text: string) => string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (collect(text).includes('"msg":"ready"')) resolve();
    });
  }
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`the daemon ended with ${code} before it was ready: ${collect('')}`)));
  await promise;
}

/** Free a moment ago: a daemon that comes back has to come back to the address that its pages know. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a socket without a port');
  return address.port;
}
