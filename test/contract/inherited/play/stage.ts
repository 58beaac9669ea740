import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { createRepository, type TemporaryRepository } from '../../../support/temporary-repository.ts';
import { type Answer, startTestDaemon, type TestDaemon } from '../../../support/test-daemon.ts';
import type { Given, Story } from '../case.ts';
import { fill } from './fill.ts';
import { type ClientRun, runClient } from './run-client.ts';

/** A repository with its daemon, on which a story is played. */
export interface Stage {
  readonly repository: TemporaryRepository;
  readonly daemon: () => TestDaemon;
  /** `repo`, `url`, `port`, and what cases kept. */
  readonly known: () => Readonly<Record<string, string>>;
  readonly keep: (name: string, value: string) => void;
  readonly prepare: (given: Given) => Promise<void>;
  readonly client: (
    argv: readonly string[],
    more?: { stdin?: string; env?: Readonly<Record<string, string>> },
  ) => Promise<ClientRun>;
  readonly restart: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  readonly strike: () => Promise<void>;
}

export async function setStage({ env = {}, files, given = [], startedIn }: Story): Promise<Stage> {
  const repository = createRepository(files);
  const { root } = repository;
  const place = standIn(startedIn);
  const options = { repoRoot: root, env: { ALL_ADAPTERS_SIMULATION_MODE: '1', ...env } };
  const start = () => startTestDaemon(place === null ? options : { ...options, cwd: place.root });
  let daemon = await start();
  const kept: Record<string, string> = {};
  const restart = async (signal: 'SIGTERM' | 'SIGKILL') => {
    await (signal === 'SIGTERM' ? daemon.stop() : daemon.kill());
    daemon = await start();
  };
  const known = () => ({ repo: root, url: daemon.baseUrl, port: String(daemon.port), ...kept });
  const stage: Stage = {
    repository,
    daemon: () => daemon,
    known,
    keep: (name, value) => {
      kept[name] = value;
    },
    prepare: (item) => prepare(stage, item),
    client: (argv, { stdin, env: more = {} } = {}) =>
      runClient({
        argv,
        cwd: root,
        env: { ORCHESTRATORD_URL: daemon.baseUrl, ...more },
        ...(stdin === undefined ? {} : { stdin }),
      }),
    restart,
    strike: async () => {
      // What still runs ends with the daemon; a kill would leave it behind.
      await daemon.stop();
      repository.remove();
      place?.remove();
    },
  };
  for (const item of given) await stage.prepare(item);
  return stage;
}

/** Where the daemon stands, when that is not its repository. */
function standIn(startedIn: Story['startedIn']) {
  if (startedIn === undefined) return null;
  const other = createRepository({ 'README.md': '# another\n' });
  const root = startedIn === 'no repository' ? dirname(other.root) : other.root;
  return { root, remove: () => other.remove() };
}

async function prepare(stage: Stage, given: Given): Promise<void> {
  const { repository } = stage;
  if ('run' in given) await must(stage, '/api/v1/runs', { id: given.run, project_id: given.project ?? '' });
  else if ('task' in given) await submit(stage, given);
  else if ('retried' in given) {
    await must(stage, `/api/v1/steps/${given.retried}/retry`);
    await settled(stage, given.retried);
  } else if ('settled' in given) await settled(stage, given.settled);
  else if ('file' in given) repository.write(given.file, fill(given.holds, stage.known()));
  else if ('link' in given) {
    mkdirSync(dirname(join(repository.root, given.link)), { recursive: true });
    symlinkSync(given.to, join(repository.root, given.link));
  } else await stage.restart(given.restarted);
}

async function submit(
  stage: Stage,
  { task, in: run, until }: Extract<Given, { readonly task: unknown }>,
): Promise<void> {
  await must(stage, `/api/v1/runs/${run}/steps`, { version: 'v1', goal: 'g', ...fill(task, stage.known()) });
  if (until === 'ended') await settled(stage, task.step_id);
  if (until === 'running' || until === 'validating') await reached(stage, task.step_id, until);
}

/** The step has ended, or waits for a person. */
async function settled(stage: Stage, stepId: string): Promise<void> {
  const { text } = await must(stage, `/api/v1/steps/${stepId}/wait`, { timeout_ms: 20_000 });
  if (!text.includes('"timed_out":false')) throw new Error(`step ${stepId} has not settled: ${text}`);
}

/** For states in which the step stays until somebody ends it; a short wait lies between two looks. */
async function reached(stage: Stage, stepId: string, state: string): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const { json } = await stage.daemon().request('GET', `/api/v1/steps/${stepId}`);
    if (typeof json === 'object' && json !== null && 'state' in json && json.state === state) return;
    await stage.daemon().request('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 25 });
  }
  throw new Error(`step ${stepId} was never ${state}`);
}

async function must(stage: Stage, path: string, body?: unknown): Promise<Answer> {
  const answer = await stage.daemon().request('POST', path, body);
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer;
}
