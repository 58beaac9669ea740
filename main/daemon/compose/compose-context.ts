import { createHash } from 'node:crypto';
import type { InstanceInfo } from '../../../contract/instance.ts';
import type { ProcessHost } from '../adapters/process/supervise.ts';
import { isSimulated } from '../config/simulation.ts';
import type { Log, ServiceContext, ServiceSettings } from '../services/context.ts';
import { createDispatcher, type Dispatcher } from '../services/dispatcher.ts';
import { createLiveAttempts } from '../services/live-attempts.ts';
import { createWatch } from '../services/watch.ts';
import { composeComparisons } from './compose-comparisons.ts';
import { composeConfiguration, composeInstances } from './compose-configuration.ts';
import { composeDashboard } from './compose-dashboard.ts';
import { composeDiagnostics } from './compose-diagnostics.ts';
import { composeEditors } from './compose-editors.ts';
import { composeEvidence } from './compose-evidence.ts';
import { composeExecutors } from './compose-executors.ts';
import { composeHelp } from './compose-help.ts';
import { composeLicences } from './compose-licences.ts';
import { composeMetrics } from './compose-metrics.ts';
import { composePolicies } from './compose-policies.ts';
import { composeProcesses } from './compose-processes.ts';
import { composeRedaction } from './compose-redaction.ts';
import { composeShelf } from './compose-shelf.ts';
import { composeWorkspaces } from './compose-workspaces.ts';
import { createIds, gitMarkPrefixOf, markPrefixOf } from './create-ids.ts';
import type { Place } from './open-place.ts';

const LEASE_TTL_SECONDS = 60;

interface Surroundings {
  readonly host: ProcessHost;
  readonly log: Log;
  readonly instance: () => InstanceInfo;
}

/** Every port of the services with its adapter behind it, and the dispatcher that works with them. */
export function composeContext(place: Place, { host, log, instance }: Surroundings) {
  const { config, repository, store, stateDir } = place;
  const settings = composeSettings(config);
  const { shelf, handedVariables } = composeShelf(repository.root);
  const processes = composeProcesses(host, { own: process.env, added: place.ceilings }, marksOf(place));
  const createRedactor = composeRedaction({
    token: place.token,
    environment: process.env,
    declared: config.redact.value.join(','),
    handed: handedVariables,
  });
  const dispatcher: Dispatcher = createDispatcher(() => context, `daemon:${place.instance.id}:${process.pid}`);
  const live = createLiveAttempts({
    onBug: (error, attemptId) => log('error', 'an attempt ended without being settled', { attempt: attemptId, error }),
    onDidEnd: () => dispatcher.wake(),
  });
  const { slots } = settings;
  const metrics = composeMetrics({ store, shelf, clock: Date.now, slots, live: () => live, instance });
  const context: ServiceContext = {
    store,
    clock: Date.now,
    random: Math.random,
    ids: createIds(place.instance.id),
    settings,
    instance,
    workspaces: composeWorkspaces({ place, createRedactor, processes }),
    comparisons: composeComparisons(repository),
    evidence: composeEvidence({
      root: config.artifactRoot.value,
      repoRoot: repository.root,
      clock: Date.now,
      createRedactor,
      onRedacted: metrics.addRedactions,
    }),
    processes,
    executors: composeExecutors({
      host,
      shelf,
      environment: () => processes.environment(''),
      own: process.env,
      repoRoot: repository.root,
      isSimulated: settings.isSimulated,
    }),
    policies: composePolicies(repository.root, { forceGate: config.forceGate.value }),
    live,
    submitting: new Set(),
    watch: createWatch(store),
    wakeDispatcher: () => dispatcher.wake(),
    configuration: composeConfiguration(place),
    dashboard: composeDashboard(),
    editors: composeEditors(process.env),
    licences: composeLicences(),
    helpPages: composeHelp(),
    metrics,
    listInstances: composeInstances(place.indexDir),
    diagnostics: composeDiagnostics({ repository, stateDir, store }),
    sha256,
    log,
  };
  return { context, dispatcher };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const marksOf = ({ instance: { id }, gitMark }: Place) => ({
  attempts: markPrefixOf(id),
  git: gitMarkPrefixOf(id),
  ownGit: gitMark,
});

const composeSettings = (config: Place['config']): ServiceSettings => ({
  slots: config.slots.value,
  leaseTtlSeconds: LEASE_TTL_SECONDS,
  defaultExecutor: config.defaultExecutor.value,
  isSimulated: (agent) => isSimulated(config.simulation, agent),
});
