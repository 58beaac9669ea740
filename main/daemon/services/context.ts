import type { AttemptId, RunId, StepId, TokenId, TraceId } from '../../../contract/ids.ts';
import type { InstanceInfo } from '../../../contract/instance.ts';
import type { Result } from '../../../contract/result.ts';
import type { Store } from '../store/store.ts';
import type { LiveAttempts } from './live-attempts.ts';
import type { Check } from './ports/check.ts';
import type { Comparisons } from './ports/comparisons.ts';
import type { Configuration } from './ports/configuration.ts';
import type { DashboardFiles } from './ports/dashboard-files.ts';
import type { Editors } from './ports/editors.ts';
import type { Evidence } from './ports/evidence.ts';
import type { Executors } from './ports/executors.ts';
import type { HelpPages } from './ports/help-pages.ts';
import type { InstanceList } from './ports/instance-list.ts';
import type { LicencedPackage } from './ports/licences.ts';
import type { Metrics } from './ports/metrics.ts';
import type { Policies } from './ports/policies.ts';
import type { Problem } from './ports/problem.ts';
import type { Processes } from './ports/processes.ts';
import type { Workspaces } from './ports/workspaces.ts';
import type { Watch } from './watch.ts';

export interface Ids {
  run(): RunId;
  step(): StepId;
  trace(): TraceId;
  token(): TokenId;
  /** The environment mark of one attempt: nobody can guess it and it names the attempt. */
  mark(attemptId: AttemptId): string;
  /** 256 bits that nobody can guess, safe in addresses and headers. */
  secret(): string;
}

export interface ServiceSettings {
  readonly slots: number;
  readonly leaseTtlSeconds: number;
  readonly defaultExecutor: string;
  readonly isSimulated: (executor: string) => boolean;
}

/** The daemon's own log: for whoever looks after the machine, never for a state. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  facts?: Readonly<Record<string, unknown>>,
) => void;

/** What every use case works with. Built once, in the composition root. */
export interface ServiceContext {
  readonly store: Store;
  readonly clock: () => number;
  /** Uniform in [0, 1); only jitter uses it. */
  readonly random: () => number;
  readonly ids: Ids;
  readonly settings: ServiceSettings;
  readonly instance: () => InstanceInfo;
  readonly workspaces: Workspaces;
  readonly comparisons: Comparisons;
  readonly evidence: Evidence;
  readonly processes: Processes;
  readonly executors: Executors;
  readonly policies: Policies;
  readonly live: LiveAttempts;
  /** Steps that are being submitted right now: their provenance is written before the record knows of them. */
  readonly submitting: Set<StepId>;
  readonly watch: Watch;
  /** Tells the dispatcher that something may have become eligible. */
  readonly wakeDispatcher: () => void;
  /** What can be said about this machine and this daemon's place on it. */
  readonly diagnostics: () => Promise<readonly Check[]>;
  readonly configuration: Configuration;
  readonly dashboard: DashboardFiles;
  readonly editors: Editors;
  /** Null: nothing was built. */
  readonly licences: () => Promise<readonly LicencedPackage[] | null>;
  readonly helpPages: HelpPages;
  readonly metrics: Metrics;
  /** The daemons that this user's index lists, each looked for among the processes. */
  readonly listInstances: () => Promise<Result<InstanceList, Problem>>;
  readonly sha256: (text: string) => string;
  readonly log: Log;
}
