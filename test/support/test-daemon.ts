import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { checkDocumented, documentedPorts } from './documented-answers.ts';

const InstanceFile = z.object({ base_url: z.string(), pid: z.number(), port: z.number() });

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: unknown;
}

/** A real daemon in a process of its own, started from the sources. */
export interface TestDaemon {
  readonly baseUrl: string;
  readonly port: number;
  readonly pid: number;
  readonly token: string;
  /** The folder `.codencer` that this daemon sees. */
  readonly state: string;
  readonly output: () => string;
  request(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface TestDaemonOptions {
  readonly repoRoot: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A program that turns into the one that its arguments name, in the same process: `unshare`, for one. */
  readonly launcher?: readonly string[];
  /** Where it is started; otherwise in its repository. */
  readonly cwd?: string;
  /** A configuration file. */
  readonly configPath?: string;
}

/** A daemon's process from its first moment on. */
export function spawnTestDaemon({ repoRoot, env = {}, launcher = [], cwd = repoRoot, configPath }: TestDaemonOptions) {
  const script = join(import.meta.dirname, 'run-daemon.ts');
  const [program = process.execPath, ...args] = [
    ...launcher,
    process.execPath,
    script,
    repoRoot,
    '0',
    ...(configPath === undefined ? [] : [configPath]),
  ];
  return spawn(program, args, {
    cwd,
    env: { ...process.env, XDG_STATE_HOME: join(repoRoot, '..', 'state'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function startTestDaemon(options: TestDaemonOptions): Promise<TestDaemon> {
  const child = spawnTestDaemon(options);
  const output = collectOutput(child);
  await waitForReady(child, output);
  // With a launcher the daemon may see other files than we do under the same names.
  const root = options.launcher === undefined ? '' : `/proc/${child.pid}/root`;
  const state = join(root, options.repoRoot, '.codencer');
  const instance = InstanceFile.parse(JSON.parse(readFileSync(join(state, 'instance.json'), 'utf8')));
  const token = readFileSync(join(state, 'token'), 'utf8').trim();
  documentedPorts.add(instance.port);
  return {
    baseUrl: instance.base_url,
    port: instance.port,
    pid: instance.pid,
    token,
    state,
    output,
    request: (method, path, body, headers = {}) =>
      request(instance.base_url + path, { method, body, headers: { authorization: `Bearer ${token}`, ...headers } }),
    async stop() {
      const code = await end(child, 'SIGTERM');
      return code;
    },
    async kill() {
      await end(child, 'SIGKILL');
    },
  };
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

async function waitForReady(child: ChildProcess, output: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => output().includes('"msg":"ready"') && resolve();
    child.stdout?.on('data', look);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the daemon ended with ${code} before it was ready:\n${output()}`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

interface Request {
  readonly method: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

async function request(url: string, { method, body, headers }: Request): Promise<Answer> {
  const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
  const text = await response.text();
  const { port, pathname } = new URL(url);
  const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: text };
  checkDocumented({ port: Number(port), method, path: pathname }, answer);
  return { status: response.status, headers: response.headers, text, json: parseOrUndefined(text) };
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a plain text answer
  }
}
