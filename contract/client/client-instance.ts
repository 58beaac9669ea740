import type { Fields } from './read-fields.ts';

/** One running daemon. The id is empty from daemons of the first wire version. */
export interface ClientInstance {
  readonly id: string;
  readonly version: string;
  readonly repoRoot: string;
  readonly stateDir: string;
  readonly workspaceRoot: string;
  readonly baseUrl: string;
  readonly executionMode: string;
  readonly pid: number;
  /** `Linux`, `Windows`, `macOS`, `WSL Ubuntu`; empty from older daemons. */
  readonly system: string;
  readonly startedAtMs: number | null;
}

export const clientInstance = (fields: Fields): ClientInstance => ({
  id: fields.text('id'),
  version: fields.text('version'),
  repoRoot: fields.text('repo_root'),
  stateDir: fields.text('state_dir'),
  workspaceRoot: fields.text('workspace_root'),
  baseUrl: fields.text('base_url'),
  executionMode: fields.text('execution_mode'),
  pid: fields.integer('pid'),
  system: fields.text('system'),
  startedAtMs: fields.timeMs('started_at'),
});
