import { readFileSync, writeFileSync } from 'node:fs';

/** How much memory a process has used at most since the watch began, beyond what it used then. Linux only. */
export function watchPeakMemory(pid: number): { readonly growthMb: () => number } {
  const before = statusKb(pid, 'VmRSS');
  // proc_pid_clear_refs(5): 5 sets the peak to what is used now.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return { growthMb: () => Math.max(0, statusKb(pid, 'VmHWM') - before) / 1024 };
}

function statusKb(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} does not tell its ${field}`);
  return Number(kilobytes);
}
