import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BUILT_CLI } from '../support/built-programs.ts';
import type { Answer } from '../support/test-daemon.ts';

export interface CliAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whoever works in a repository, by the command line and over HTTP. */
export interface Operator {
  /** One command, as a process of its own. */
  readonly cli: (...args: readonly string[]) => Promise<CliAnswer>;
  /** The same; throws when it fails. */
  readonly must: (...args: readonly string[]) => Promise<void>;
  readonly request: (method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly daemonPid: () => number;
  readonly daemonLog: () => string;
}

const Instance = z.object({ base_url: z.string(), pid: z.number() });

export function operatorIn(root: string, env: Readonly<Record<string, string>>): Operator {
  const read = (name: string) => readFileSync(join(root, '.codencer', name), 'utf8');
  const instance = () => Instance.parse(JSON.parse(read('instance.json')));
  const cli = (...args: readonly string[]) =>
    new Promise<CliAnswer>((resolve) => {
      const child = execFile(process.execPath, [BUILT_CLI, ...args], { cwd: root, env }, (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  return {
    cli,
    async must(...args) {
      const { exitCode, stderr } = await cli(...args);
      if (exitCode !== 0) throw new Error(`codencer ${args.join(' ')}: ${exitCode}\n${stderr}`);
    },
    async request(method, path, body) {
      const headers = { authorization: `Bearer ${read('token').trim()}`, 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${instance().base_url}${path}`, { method, headers, ...sent });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    daemonPid: () => instance().pid,
    daemonLog: () => read('daemon.log'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a plain text answer
  }
}
