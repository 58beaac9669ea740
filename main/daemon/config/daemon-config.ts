import type { Setting } from './setting.ts';
import { SIMULATION_VARIABLES, type SimulationSettings } from './simulation.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `same-user`: a same-user loopback peer needs no token; `token`: everybody does. */
export const AUTH_MODES = ['same-user', 'token'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Everything that can be set, each value with the place it came from. Paths are absolute. */
export interface DaemonConfig {
  readonly repoRoot: Setting<string>;
  readonly host: Setting<string>;
  /** Fixed when its source is a flag; else the first port to try. */
  readonly port: Setting<number>;
  readonly auth: Setting<AuthMode>;
  /** Requests a second of one peer, on average over ten; 0: as many as it likes. */
  readonly rateLimit: Setting<number>;
  readonly logLevel: Setting<LogLevel>;
  readonly dbPath: Setting<string>;
  readonly artifactRoot: Setting<string>;
  readonly workspaceRoot: Setting<string>;
  /** Attempts that run at the same time. */
  readonly slots: Setting<number>;
  readonly defaultExecutor: Setting<string>;
  /** Variables whose values are secrets, whatever they look like. */
  readonly redact: Setting<readonly string[]>;
  readonly simulation: SimulationSettings;
  /** For tests: the policy sees one more changed file, a migration. */
  readonly forceGate: Setting<boolean>;
  readonly antigravityBrokerUrl: Setting<string>;
  /** What the operator should know about how these values came about. */
  readonly notices: readonly string[];
}

/** The keys of a configuration file. Any other key is refused. */
export const FILE_KEYS = [
  'log_level',
  'db_path',
  'artifact_root',
  'workspace_root',
  'repo_root',
  'host',
  'port',
  'antigravity_broker_url',
  'auth',
  'rate_limit',
  'slots',
  'default_executor',
  'redact',
  'simulation',
] as const;

/**
 * The only variables that are read from a repository's `.env`. Not among them: `REPO_ROOT`, which says where that file
 * is, and `CODENCER_AUTH` and `CODENCER_RATE_LIMIT`, in which a repository has no say.
 */
export const DOTENV_VARIABLES: readonly string[] = [
  'LOG_LEVEL',
  'DB_PATH',
  'ARTIFACT_ROOT',
  'WORKSPACE_ROOT',
  'HOST',
  'PORT',
  'CODENCER_ANTIGRAVITY_BROKER_URL',
  'CODENCER_SLOTS',
  'CODENCER_DEFAULT_EXECUTOR',
  'CODENCER_REDACT',
  'ALL_ADAPTERS_SIMULATION_MODE',
  'FORCE_GATE_FOR_TESTING',
  ...Object.values(SIMULATION_VARIABLES).flat(),
];
