import type { ClientInstance } from '../../../contract/client/client-instance.ts';

/** What is asked for by whoever is asked for help. */
export const instanceFacts = (
  instance: ClientInstance,
  formatTime: (atMs: number) => string,
): readonly { readonly name: string; readonly value: string }[] => [
  { name: 'Version', value: instance.version },
  { name: 'System', value: instance.system || 'not reported' },
  { name: 'Repository', value: instance.repoRoot },
  { name: 'State', value: instance.stateDir },
  { name: 'Worktrees', value: instance.workspaceRoot },
  { name: 'Address', value: instance.baseUrl },
  { name: 'Agents', value: instance.executionMode },
  { name: 'Process', value: String(instance.pid) },
  { name: 'Started', value: instance.startedAtMs === null ? 'not reported' : formatTime(instance.startedAtMs) },
  { name: 'Instance', value: instance.id },
];
