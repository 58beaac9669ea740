import type { InstanceId } from './ids.ts';
import type { EpochMs } from './time.ts';

/** One running daemon: what it says of itself, and what `.codencer/instance.json` holds. Paths are absolute. */
export interface InstanceInfo {
  readonly id: InstanceId;
  readonly version: string;
  readonly repoRoot: string;
  readonly stateDir: string;
  readonly workspaceRoot: string;
  readonly host: string;
  readonly port: number;
  readonly baseUrl: string;
  readonly executionMode: 'simulation' | 'real';
  readonly pid: number;
  readonly startedAtMs: EpochMs;
  readonly nodeVersion: string;
  /** `Linux`, `Windows`, `macOS`, `WSL Ubuntu`: whose paths and programs these are; empty from older daemons. */
  readonly system: string;
}
