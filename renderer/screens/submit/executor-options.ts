import type { ClientExecutor } from '../../../contract/client/client-executor.ts';

export interface ExecutorOption {
  readonly value: string;
  readonly label: string;
}

/** Those that were found first, each group by name; empty: the daemon's own choice. */
export function executorOptions(executors: readonly ClientExecutor[]): readonly ExecutorOption[] {
  const sorted = executors
    .filter(({ problems }) => problems.length === 0)
    .toSorted((a, b) => Number(b.isAvailable) - Number(a.isAvailable) || a.name.localeCompare(b.name, 'en'));
  return [
    { value: '', label: 'Default of the daemon' },
    ...sorted.map(({ name, isAvailable, version }) => ({
      value: name,
      label: isAvailable ? `${name}${version === null ? '' : ` ${version}`}` : `${name} (not found)`,
    })),
  ];
}
