import { createHash } from 'node:crypto';
import { PRODUCT_VERSION } from '../../../contract/product.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { createCommandExecutor } from '../adapters/executors/command.ts';
import { simulationExecutor } from '../adapters/executors/simulation.ts';
import { publishInstance, withdrawInstance } from '../adapters/instance/instance-file.ts';
import { listenOnPort } from '../adapters/instance/listen-port.ts';
import { whoHasPort } from '../adapters/instance/who-has-port.ts';
import { createOutputPipes } from '../adapters/process/output-pipes.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { type Api, createApi } from '../api/server.ts';
import { isSimulated } from '../config/simulation.ts';
import type { InstanceInfo, Log, ServiceContext } from '../services/context.ts';
import { createDispatcher, type Dispatcher } from '../services/dispatcher.ts';
import { createLiveAttempts } from '../services/live-attempts.ts';
import type { Executors } from '../services/ports.ts';
import { createWatch } from '../services/watch.ts';
import { composeDiagnostics } from './compose-diagnostics.ts';
import { composeEvidence } from './compose-evidence.ts';
import { composePeers } from './compose-peers.ts';
import { composePolicies } from './compose-policies.ts';
import { composeProcesses } from './compose-processes.ts';
import { composeRedaction } from './compose-redaction.ts';
import { composeWorkspaces } from './compose-workspaces.ts';
import { createIds, markPrefixOf } from './create-ids.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { openPlace, type Place, pipesFolder } from './open-place.ts';

const LEASE_TTL_SECONDS = 60;

/** A daemon with everything in its hands, before it serves anybody. */
export interface OpenDaemon {
  readonly context: ServiceContext;
  readonly dispatcher: Dispatcher;
  readonly instance: () => InstanceInfo;
  listen(): Promise<Result<void, string>>;
  /** Writes the discovery files: from now on others find this daemon. */
  publish(): Promise<Result<void, string>>;
  /** From last to first: discovery files, port, record, lock. */
  close(): Promise<void>;
}

export async function openDaemon(options: DaemonOptions, log: Log): Promise<Result<OpenDaemon, string>> {
  const opened = await openPlace(options, log);
  if (!opened.ok) return opened;
  const place = opened.value;
  const address = createAddress(place);
  const pipes = createOutputPipes(pipesFolder(place.stateDir));
  const host: ProcessHost = { clock: Date.now, pipes };
  const { context, dispatcher } = composeContext(place, { host, log, instance: address.instance });
  const api = await createApi({
    context,
    config: {
      host: place.config.host.value,
      port: place.config.port.value,
      token: place.token,
      authMode: place.config.auth.value,
    },
    peers: composePeers(markPrefixOf(place.instance.id)),
  });
  const places = { stateDir: place.stateDir, indexDir: place.indexDir };
  return ok({
    context,
    dispatcher,
    instance: address.instance,
    async listen() {
      const listening = await listen(api, place);
      if (listening.ok) address.set(listening.value);
      return listening.ok ? ok(undefined) : listening;
    },
    async publish() {
      await place.lock.announce(address.instance().baseUrl);
      const published = await publishInstance(places, address.instance());
      return published.ok ? ok(undefined) : { ok: false, error: published.error.sentence };
    },
    async close() {
      await withdrawInstance(places, address.instance());
      await api.close();
      await pipes.dispose();
      place.close();
    },
  });
}

async function listen(api: Api, { config, indexDir }: Place): Promise<Result<number, string>> {
  const listening = await listenOnPort({
    port: config.port.value,
    isFixed: config.port.source.kind === 'flag',
    listen: async (port) => {
      const bound = await api.listen(port);
      if (bound.ok) return bound.value.port;
      const code = bound.error.code === 'port_taken' ? 'EADDRINUSE' : 'EACCES';
      throw Object.assign(new Error(bound.error.sentence), { code, syscall: 'listen' });
    },
    whoHas: (port) => whoHasPort(port, { indexDir }),
  });
  return listening.ok ? listening : { ok: false, error: listening.error.sentence };
}

/** What this daemon says of itself. Its address is known once it listens. */
function createAddress({ config, repository, instance, stateDir }: Place) {
  const startedAtMs = Date.now();
  let port = config.port.value;
  const host = config.host.value;
  return {
    set(bound: number) {
      port = bound;
    },
    instance: (): InstanceInfo => ({
      id: instance.id,
      version: PRODUCT_VERSION,
      repoRoot: repository.root,
      stateDir,
      workspaceRoot: config.workspaceRoot.value,
      host,
      port,
      baseUrl: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
      executionMode: config.simulation.all.value ? 'simulation' : 'real',
      pid: process.pid,
      startedAtMs,
      nodeVersion: process.version,
    }),
  };
}

interface Surroundings {
  readonly host: ProcessHost;
  readonly log: Log;
  readonly instance: () => InstanceInfo;
}

function composeContext(place: Place, { host, log, instance }: Surroundings) {
  const { config, repository, store, stateDir } = place;
  const processes = composeProcesses(host, process.env);
  const createRedactor = composeRedaction({
    token: place.token,
    environment: process.env,
    declared: config.redact.value.join(','),
  });
  const dispatcher: Dispatcher = createDispatcher(() => context, `daemon:${place.instance.id}:${process.pid}`);
  const live = createLiveAttempts({
    onBug: (error, attemptId) => log('error', 'an attempt ended without being settled', { attempt: attemptId, error }),
    onDidEnd: () => dispatcher.wake(),
  });
  const context: ServiceContext = {
    store,
    clock: Date.now,
    random: Math.random,
    ids: createIds(place.instance.id),
    settings: {
      slots: config.slots.value,
      leaseTtlSeconds: LEASE_TTL_SECONDS,
      defaultExecutor: config.defaultExecutor.value,
      isSimulated: (executor) => isSimulated(config.simulation, executor),
    },
    instance,
    workspaces: composeWorkspaces({ place, createRedactor, processes }),
    evidence: composeEvidence({
      root: config.artifactRoot.value,
      repoRoot: repository.root,
      clock: Date.now,
      createRedactor,
    }),
    processes,
    executors: composeExecutors(host),
    policies: composePolicies(repository.root, { forceGate: config.forceGate.value }),
    live,
    watch: createWatch(store),
    wakeDispatcher: () => dispatcher.wake(),
    diagnostics: composeDiagnostics({ repository, stateDir, store }),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    log,
  };
  return { context, dispatcher };
}

function composeExecutors(host: ProcessHost): Executors {
  const command = createCommandExecutor(host);
  return {
    find: (name, mode) => {
      if (mode === 'simulation') return simulationExecutor;
      return name === command.name ? command : null;
    },
  };
}
