import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DAEMON_NODE_FLAGS } from '../../main/cli/daemon-node-flags.ts';
import { type Address, type ApiClient, createApiClient } from './api-client.ts';
import { cleanEnvironment, ROOT } from './product.ts';
import type { Bench } from './row.ts';
import { endChild } from './workshop.ts';

/** A real daemon, built, in a process of its own that was started as `codencer up` starts it. */
export interface BenchDaemon {
  readonly pid: number;
  readonly address: Address;
  readonly client: ApiClient;
  /** From the start of the process to the line that says that it is ready. */
  readonly readyAfterMs: number;
  readonly workspaceRoot: string;
  startRun(id: string): Promise<void>;
  /** Submits a task to the simulation unless it says otherwise; the value is the id of the step. */
  submit(runId: string, task: Readonly<Record<string, unknown>>): Promise<string>;
  /** The log of a step from its first byte, as soon as there is one. */
  followLog(stepId: string): Promise<IncomingMessage>;
  stop(): Promise<void>;
}

export interface DaemonPlan {
  readonly repoRoot: string;
  readonly env?: Readonly<Record<string, string>>;
}

const InstanceFile = z.object({ pid: z.number(), host: z.string(), port: z.number(), workspace_root: z.string() });
const Step = z.object({ id: z.string(), state: z.string() });

export async function startDaemon(bench: Bench, { repoRoot, env = {} }: DaemonPlan): Promise<BenchDaemon> {
  const startedAtMs = performance.now();
  const child = bench.workshop.start(process.execPath, argumentsFor(bench, repoRoot), {
    cwd: repoRoot,
    env: { ...cleanEnvironment(), XDG_STATE_HOME: bench.workshop.folder('state'), CODENCER_RATE_LIMIT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await waitForReady(child);
  const readyAfterMs = performance.now() - startedAtMs;
  const state = join(repoRoot, '.codencer');
  const instance = InstanceFile.parse(JSON.parse(readFileSync(join(state, 'instance.json'), 'utf8')));
  const token = readFileSync(join(state, 'token'), 'utf8').trim();
  const address = { host: instance.host, port: instance.port, token };
  const client = createApiClient(address);
  bench.workshop.defer(() => client.close());
  return {
    pid: instance.pid,
    address,
    client,
    readyAfterMs,
    workspaceRoot: instance.workspace_root,
    ...actions({ client, child }),
  };
}

function argumentsFor({ profileFolder }: Bench, repoRoot: string): readonly string[] {
  const profiling = profileFolder === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`];
  const program = [join(ROOT, 'bin/codencer.cjs'), 'daemon', '--repo-root', repoRoot, '--port', '0'];
  return [...DAEMON_NODE_FLAGS, ...profiling, ...program];
}

async function waitForReady(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('a daemon without stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"msg":"ready"')) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error(`the daemon ended before it was ready: exit ${child.exitCode}`);
}

function actions({ client, child }: { readonly client: ApiClient; readonly child: ChildProcess }) {
  return {
    async startRun(id: string): Promise<void> {
      await client.call('POST', '/api/v1/runs', { id });
    },
    async submit(runId: string, task: Readonly<Record<string, unknown>>): Promise<string> {
      const body = { version: 'v1', title: 'Bench', goal: 'Be measured.', adapter_profile: 'simulation', ...task };
      return Step.parse(await client.call('POST', `/api/v1/runs/${runId}/steps`, body)).id;
    },
    async followLog(stepId: string): Promise<IncomingMessage> {
      const state = async () => Step.parse(await client.call('GET', `/api/v1/steps/${stepId}`)).state;
      while (['pending', 'dispatching'].includes(await state())) await sleep(2);
      return client.open(`/api/v1/steps/${stepId}/logs?follow=1`);
    },
    async stop(): Promise<void> {
      client.close();
      await endChild(child);
    },
  };
}
