import { readFileSync } from 'node:fs';
import { readProcess } from '../process/process-table.ts';

/**
 * What tells a process from a later one with the same pid: the boot it belongs to and its start within that boot. Null
 * where the system does not say (only Linux does), and when there is no such process.
 */
export function processStartOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  const entry = readProcess(pid);
  return entry === null ? null : `${bootId()}:${entry.startTicks}`;
}

/** Whether the process that had `pid` and `start` is still there. Without a start an equal pid has to do. */
export function isProcessThere(pid: number, start: string | null): boolean {
  if (process.platform === 'linux') {
    const present = processStartOf(pid);
    return present !== null && (start === null || start === present);
  }
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Not permitted to signal it: it is there and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
