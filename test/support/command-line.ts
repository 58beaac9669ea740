import { readFileSync } from 'node:fs';

/** What a process was started as, a null character after each word; empty when it has ended meanwhile. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // between the look at the processes and this one it has ended
  }
}
