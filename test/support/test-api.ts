import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AttemptId, InstanceId } from '../../contract/ids.ts';
import type { InstanceInfo } from '../../contract/instance.ts';
import { ok } from '../../contract/result.ts';
import type { AuthMode } from '../../main/daemon/api/access.ts';
import type { PeerLookup } from '../../main/daemon/api/peer-lookup.ts';
import { type Api, createApi } from '../../main/daemon/api/server.ts';
import { composeDashboard } from '../../main/daemon/compose/compose-dashboard.ts';
import { composeEditors } from '../../main/daemon/compose/compose-editors.ts';
import { composeEvidence } from '../../main/daemon/compose/compose-evidence.ts';
import { composeHelp } from '../../main/daemon/compose/compose-help.ts';
import { composeMetrics } from '../../main/daemon/compose/compose-metrics.ts';
import { createIds } from '../../main/daemon/compose/create-ids.ts';
import { preparePatterns } from '../../main/daemon/domain/redaction/pattern-set.ts';
import { createRedactor } from '../../main/daemon/domain/redaction/redactor.ts';
import type { Log, ServiceContext } from '../../main/daemon/services/context.ts';
import { createLiveAttempts } from '../../main/daemon/services/live-attempts.ts';
import type { Comparisons } from '../../main/daemon/services/ports/comparisons.ts';
import type { Evidence } from '../../main/daemon/services/ports/evidence.ts';
import type { Processes } from '../../main/daemon/services/ports/processes.ts';
import type { Workspaces } from '../../main/daemon/services/ports/workspaces.ts';
import { createWatch } from '../../main/daemon/services/watch.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { documentedPorts } from './documented-answers.ts';
import { sampleExecutors, sampleShelf } from './sample-shelf.ts';
import { successOf } from './success-of.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { temporaryStore } from './temporary-store.ts';

export const TOKEN = 'token-of-the-test-daemon';

/** The edge of a daemon on a loopback port, over real services and a real record. Nothing is executed. */
export interface TestApi {
  readonly api: Api;
  readonly port: number;
  readonly store: Store;
  readonly context: ServiceContext;
  readonly evidenceRoot: string;
  /** What the daemon's own log got. */
  readonly logged: readonly string[];
}

export interface TestApiOptions {
  readonly peers?: Partial<PeerLookup>;
  readonly authMode?: AuthMode;
  readonly slowReaderMs?: number;
  readonly hasRelay?: boolean;
  readonly rateLimitPerSecond?: number;
  readonly isReady?: () => boolean;
  readonly evidence?: Partial<Evidence>;
  readonly changed?: Partial<ServiceContext>;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { store } = temporaryStore();
  const evidenceRoot = join(temporaryFolder(), 'artifacts');
  const logged: string[] = [];
  const log: Log = (level, message, facts) => logged.push(JSON.stringify({ level, message, ...facts }));
  const context = { ...contextOf({ store, evidenceRoot, log, evidence: options.evidence ?? {} }), ...options.changed };
  const peers: PeerLookup = {
    uidOf: async () => process.getuid?.() ?? null,
    attemptOf: async () => null,
    ...options.peers,
  };
  const config = {
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    authMode: options.authMode ?? 'same-user',
    rateLimitPerSecond: options.rateLimitPerSecond ?? 1000,
    hasRelay: options.hasRelay ?? false,
    ...(options.slowReaderMs === undefined ? {} : { slowReaderMs: options.slowReaderMs }),
  } as const;
  const api = await createApi({ context, config, peers, isReady: options.isReady ?? (() => true) });
  onTestFinished(() => api.close());
  const { port } = successOf(await api.listen());
  documentedPorts.add(port);
  return { api, port, store, context, evidenceRoot, logged };
}

/** A peer whose process belongs to this attempt. */
export const peerOfAttempt = (attemptId: string): Partial<PeerLookup> => ({
  attemptOf: async () => AttemptId.parse(attemptId),
});

interface Parts {
  readonly store: Store;
  readonly evidenceRoot: string;
  readonly log: Log;
  readonly evidence: Partial<Evidence>;
}

/** A port of which a test uses a part; whatever else is called is a fault of the test. */
const partOf = <T extends object>(name: string, given: Partial<T>): T =>
  new Proxy(given, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (value !== undefined || typeof key === 'symbol') return value;
      throw new Error(`${name}.${key} is not part of this test`);
    },
  }) as T;

const INSTANCE: InstanceInfo = {
  id: InstanceId.parse('test-instance'),
  version: '0.0.0-test',
  repoRoot: '/srv/sample/repo',
  stateDir: '/srv/sample/repo/.codencer',
  workspaceRoot: '/srv/sample/repo/.codencer/workspace',
  host: '127.0.0.1',
  port: 1,
  baseUrl: 'http://127.0.0.1:1',
  executionMode: 'simulation',
  pid: process.pid,
  startedAtMs: 0,
  nodeVersion: process.version,
  system: 'Linux',
};

function contextOf({ store, evidenceRoot, log, evidence }: Parts): ServiceContext {
  const clock = () => Date.now();
  const live = createLiveAttempts({ onBug: () => undefined, onDidEnd: () => undefined });
  return {
    store,
    clock,
    random: () => 0.5,
    ids: createIds(InstanceId.parse('test-instance')),
    settings: { slots: 4, leaseTtlSeconds: 60, defaultExecutor: 'codex', isSimulated: () => true },
    instance: () => INSTANCE,
    workspaces: partOf<Workspaces>('workspaces', workspaces),
    comparisons: partOf<Comparisons>('comparisons', {}),
    evidence: {
      ...composeEvidence({
        root: evidenceRoot,
        repoRoot: evidenceRoot,
        clock,
        createRedactor: () => createRedactor(preparePatterns([])),
        onRedacted: () => undefined,
      }),
      ...evidence,
    },
    processes: partOf<Processes>('processes', {}),
    executors: sampleExecutors(),
    policies: {
      pin: async () => ok({ document: {}, judge: () => ({ decision: 'pass', reasons: [] }) }),
      read: () => ok(() => ({ decision: 'pass', reasons: [] })),
    },
    live,
    submitting: new Set(),
    watch: createWatch(store),
    wakeDispatcher: () => undefined,
    configuration: { list: () => [], filePath: null, change: async () => ok({}) },
    dashboard: composeDashboard('/nothing/built'),
    editors: composeEditors({}),
    licences: async () => null,
    helpPages: composeHelp(),
    metrics: composeMetrics({
      store,
      shelf: () => sampleShelf(),
      clock,
      slots: 4,
      live: () => live,
      instance: () => INSTANCE,
    }),
    listInstances: async () => ok({ found: [], damaged: [] }),
    diagnostics: async () => [{ name: 'disk', result: 'ok', detail: 'enough', advice: '' }],
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    log,
  };
}

const workspaces: Partial<Workspaces> = {
  resolveBase: async () => ok('c'.repeat(40)),
  release: async () => ok(undefined),
  restoreCommands: (_place, salvage) => salvage.refs.map(({ name }) => `git branch restored ${name}`),
};
