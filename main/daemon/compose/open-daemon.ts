import type { InstanceInfo } from '../../../contract/instance.ts';
import { PRODUCT_VERSION } from '../../../contract/product.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { isSystemError, systemProblem } from '../adapters/files/file-problem.ts';
import { publishInstance, withdrawInstance } from '../adapters/instance/instance-file.ts';
import { listenOnPort } from '../adapters/instance/listen-port.ts';
import { whoHasPort } from '../adapters/instance/who-has-port.ts';
import { createOutputPipes } from '../adapters/process/output-pipes.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { type Api, type ApiParts, createApi } from '../api/server.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import type { Dispatcher } from '../services/dispatcher.ts';
import { composeContext } from './compose-context.ts';
import { composePeers } from './compose-peers.ts';
import { markPrefixOf } from './create-ids.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { openPlace, type Place, pipesFolder } from './open-place.ts';
import { systemName } from './system-name.ts';

/** A daemon with everything in its hands, before it serves anybody. */
export interface OpenDaemon {
  readonly context: ServiceContext;
  readonly dispatcher: Dispatcher;
  readonly instance: () => InstanceInfo;
  /** Resolves with a sentence when record or lock are no longer under their names. */
  readonly gone: Promise<string>;
  listen(): Promise<Result<void, string>>;
  /** Answers about the record: recovery is done. */
  serve(): void;
  /** Writes the discovery files: from now on others find this daemon, and it has to answer them. */
  publish(): Promise<Result<void, string>>;
  startWork(): void;
  /** From last to first: discovery files, port, record, lock. */
  close(): Promise<void>;
}

export async function openDaemon(options: DaemonOptions, log: Log): Promise<Result<OpenDaemon, string>> {
  const opened = await openPlaceOrSay(options, log);
  if (!opened.ok) return opened;
  const place = opened.value;
  const address = createAddress(place);
  const pipes = createOutputPipes(pipesFolder(place.stateDir));
  const host: ProcessHost = { clock: Date.now, pipes };
  const { context, dispatcher } = composeContext(place, { host, log, instance: address.instance });
  let isReady = false;
  const api = await composeApi(place, { context, isReady: () => isReady });
  const places = { stateDir: place.stateDir, indexDir: place.indexDir };
  return ok({
    context,
    dispatcher,
    instance: address.instance,
    gone: place.gone,
    async listen() {
      const listening = await listen(api, place);
      if (listening.ok) address.set(listening.value);
      return listening.ok ? ok(undefined) : listening;
    },
    serve() {
      isReady = true;
    },
    async publish() {
      const announced = await place.lock.announce(address.instance().baseUrl);
      if (!announced.ok) log('warn', announced.error.sentence);
      const published = await publishInstance(places, address.instance());
      return published.ok ? ok(undefined) : { ok: false, error: published.error.sentence };
    },
    startWork: () => dispatcher.start(),
    async close() {
      await withdrawInstance(places, address.instance());
      await api.close();
      await pipes.dispose();
      place.close();
    },
  });
}

const composeApi = (place: Place, parts: Pick<ApiParts, 'context' | 'isReady'>): Promise<Api> =>
  createApi({
    ...parts,
    config: {
      host: place.config.host.value,
      port: place.config.port.value,
      token: place.token,
      authMode: place.config.auth.value,
      rateLimitPerSecond: place.config.rateLimit.value,
      hasRelay: (process.env['WSL_DISTRO_NAME'] ?? '') !== '',
    },
    peers: composePeers({
      markPrefix: markPrefixOf(place.instance.id),
      daemonPid: process.pid,
      markOf: (attemptId) => place.store.attempts.get(attemptId)?.mark ?? null,
    }),
  });

/** A full disk above all: whoever starts a daemon gets a sentence, not a stack. */
async function openPlaceOrSay(options: DaemonOptions, log: Log): Promise<Result<Place, string>> {
  try {
    return await openPlace(options, log);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { ok: false, error: systemProblem('use', error.path ?? 'the disk', error).sentence };
  }
}

async function listen(api: Api, { config, indexDir }: Place): Promise<Result<number, string>> {
  const listening = await listenOnPort({
    port: config.port.value,
    isFixed: config.port.source.kind === 'flag',
    listen: async (port) => {
      const bound = await api.listen(port);
      if (bound.ok) return bound.value.port;
      const { sentence, systemCode } = bound.error;
      throw Object.assign(new Error(sentence), { code: systemCode, syscall: 'listen' });
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
      system: systemName(process.platform, process.env),
    }),
  };
}
