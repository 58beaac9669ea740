import { readFileSync } from 'node:fs';

const SAMPLE_EVERY_MS = 50;

/** Resident memory of a process in MB, as the kernel counts it. Linux only. */
export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} tells nothing about its memory`);
  return Number(kilobytes) / 1000;
}

/** Watches until `stop`, which answers by how many MB the process grew at most. */
export function watchPeakRss(pid: number): { stop(): number } {
  const before = residentMb(pid);
  let peak = before;
  const look = () => {
    peak = Math.max(peak, residentMb(pid));
  };
  const timer = setInterval(look, SAMPLE_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak - before;
    },
  };
}
