import type { Setting } from './setting.ts';
import type { AUTH_MODES, LOG_LEVELS } from './setting-table.ts';
import type { SimulationSettings } from './simulation.ts';

export type LogLevel = (typeof LOG_LEVELS)[number];
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
