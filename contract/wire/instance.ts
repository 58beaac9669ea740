import { z } from 'zod';
import { InstanceId } from '../ids.ts';
import type { InstanceInfo } from '../instance.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireObject, wireText, wireTime } from './decode.ts';
import { formatTime } from './time.ts';

export const encodeInstance = (instance: InstanceInfo) => ({
  version: instance.version,
  repo_root: instance.repoRoot,
  state_dir: instance.stateDir,
  workspace_root: instance.workspaceRoot,
  host: instance.host,
  port: instance.port,
  base_url: instance.baseUrl,
  execution_mode: instance.executionMode,
  pid: instance.pid,
  started_at: formatTime(instance.startedAtMs),
  id: instance.id,
  repo_name: lastPart(instance.repoRoot),
  manifest_path: `${instance.stateDir}${separatorOf(instance.stateDir)}instance.json`,
  node_version: instance.nodeVersion,
  system: instance.system,
});

/** Paths of either system: the daemon may be a Windows program. */
const lastPart = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
const separatorOf = (path: string): string => (path.includes('\\') && !path.includes('/') ? '\\' : '/');

export const WireInstance = wireObject({
  version: wireText,
  repo_root: z.string(),
  state_dir: z.string(),
  workspace_root: wireText,
  host: z.string(),
  port: z.int(),
  base_url: z.string(),
  execution_mode: z.enum(['simulation', 'real']),
  pid: z.int(),
  started_at: wireTime,
  id: InstanceId,
  repo_name: wireText,
  manifest_path: wireText,
  node_version: wireText,
  system: wireText.meta({
    description: 'Whose paths and programs these are: `Linux`, `Windows`, `macOS`, `WSL Ubuntu`.',
  }),
})
  .transform(
    (wire): InstanceInfo => ({
      id: wire.id,
      version: wire.version,
      repoRoot: wire.repo_root,
      stateDir: wire.state_dir,
      workspaceRoot: wire.workspace_root,
      host: wire.host,
      port: wire.port,
      baseUrl: wire.base_url,
      executionMode: wire.execution_mode,
      pid: wire.pid,
      startedAtMs: wire.started_at,
      nodeVersion: wire.node_version,
      system: wire.system,
    }),
  )
  .meta({ id: 'Instance', description: 'One running daemon.' });

export const decodeInstance = (value: unknown): Result<InstanceInfo, string> => decodeWith(WireInstance, value);
