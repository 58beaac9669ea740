import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { type Names, type Route, readRoutes } from './routes.ts';

const TELL_ROUTES = join(import.meta.dirname, '../../fixtures/programs/tell-routes.mjs');

/** A daemon that has one of everything, and what can be seen of it from outside. */
export interface Ground {
  readonly daemon: TestDaemon;
  readonly routes: readonly Route[];
  /** What there is, by the word that stands before it in a path. */
  readonly existing: Names;
  /** The record as a text that changes with it, and the number of its newest event. */
  readState(): { readonly digest: string; readonly cursor: number };
  /** What was recorded after that event. */
  eventsAfter(cursor: number): readonly string[];
  memory(): { readonly residentMb: number; readonly peakMb: number };
  end(): Promise<void>;
}

export async function openGround(env: Readonly<Record<string, string>> = {}): Promise<Ground> {
  const repository = createRepository({
    'README.md': '# ground\n',
    'config/policies/wants_a_person.yaml': 'version: v1\nname: wants_a_person\ngate_when: { changed_files_over: 0 }\n',
  });
  const routesFile = join(repository.root, '../routes.jsonl');
  const daemon = await startTestDaemon({
    repoRoot: repository.root,
    // A limit on requests is no answer to what is asked.
    env: { CODENCER_RATE_LIMIT: '0', ...env, NODE_OPTIONS: `--import=${TELL_ROUTES}`, FIRE_ROUTES_FILE: routesFile },
  });
  const end = async () => {
    await daemon.stop();
    repository.remove();
  };
  return {
    daemon,
    routes: readRoutes(routesFile),
    existing: await settle(daemon),
    readState: () => readState(daemon.state),
    eventsAfter: (cursor) => readEvents(daemon.state, cursor),
    memory: () => memoryOf(daemon.pid),
    end,
  };
}

const Rows = z.array(z.looseObject({ id: z.string() }));

async function settle(daemon: TestDaemon): Promise<Names> {
  const client = createTaskClient(daemon);
  await client.startRun('ground');
  const ids = async (path: string) => Rows.parse((await daemon.request('GET', path)).json);
  const gated = await client.submit('ground', { ...command('echo made > made.txt'), policy_bundle: 'wants_a_person' });
  await client.wait(gated.id);
  const waiting = await client.submit('ground', { ...command('true'), not_before: '2099-01-01T00:00:00Z' });
  const [attempt] = await ids(`/api/v1/steps/${gated.id}/attempts`);
  const [artifact] = await ids(`/api/v1/steps/${gated.id}/artifacts`);
  const [gate] = await ids(`/api/v1/gates?step=${gated.id}`);
  const { trace_id: trace } = z.looseObject({ trace_id: z.string() }).parse(attempt);
  return {
    runs: 'ground',
    steps: waiting.id,
    gated: gated.id,
    attempts: attempt?.id ?? '',
    salvage: attempt?.id ?? '',
    artifacts: artifact?.id ?? '',
    gates: gate?.id ?? '',
    phases: 'phase-execution-ground',
    traces: trace,
  };
}

/** Every row of the record, and the name and size of every file of evidence. */
function readState(stateDir: string) {
  const db = new Database(join(stateDir, 'codencer.db'), { readonly: true });
  try {
    const hash = createHash('sha256');
    const tables = z
      .array(z.object({ name: z.string() }))
      .parse(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all());
    for (const { name } of tables) {
      // A lease is renewed on its own, and a check of the record leaves when it was made, which is no part of the record.
      if (name === 'leases') continue;
      const where = name === 'settings' ? "WHERE key <> 'last_audit'" : '';
      hash.update(JSON.stringify(db.prepare(`SELECT * FROM "${name}" ${where}`).raw().all()));
    }
    for (const file of readdirSync(join(stateDir, 'artifacts'), { recursive: true, encoding: 'utf8' }).sort()) {
      hash.update(`${file} ${statSync(join(stateDir, 'artifacts', file)).size}\n`);
    }
    const { cursor } = z
      .object({ cursor: z.number() })
      .parse(db.prepare('SELECT max(seq) AS cursor FROM events').get());
    return { digest: hash.digest('hex'), cursor };
  } finally {
    db.close();
  }
}

function readEvents(stateDir: string, cursor: number): readonly string[] {
  const db = new Database(join(stateDir, 'codencer.db'), { readonly: true });
  try {
    const rows = db.prepare("SELECT type || ' ' || payload AS told FROM events WHERE seq > ?").all(cursor);
    return z
      .array(z.object({ told: z.string() }))
      .parse(rows)
      .map(({ told }) => told);
  } finally {
    db.close();
  }
}

function memoryOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
  return { residentMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}
