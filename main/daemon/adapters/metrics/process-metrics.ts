import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const RESOLUTION_MS = 20;
/** Measuring wakes the process up all the time: nobody who does not look pays for it. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/** How this process does: its memory, its time, its files, and how late its loop is. Filled when somebody looks. */
export function addProcessMetrics(registry: Registry, clock: () => number): void {
  const registers = [registry];
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'Start time of the process since unix epoch in seconds.',
    registers,
  }).set(Math.round(clock() / 1000 - process.uptime()));
  addProcessorTime(registers);
  addOpenFiles(registers);
  addLoopLag(registers);
}

function addProcessorTime(registers: Registry[]): void {
  let counted = 0;
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Total user and system CPU time spent in seconds.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.inc((user + system) / 1e6 - counted);
      counted = (user + system) / 1e6;
    },
  });
}

function addOpenFiles(registers: Registry[]): void {
  if (process.platform !== 'linux') return;
  new Gauge({
    name: 'process_open_fds',
    help: 'Number of open file descriptors.',
    registers,
    collect() {
      this.set(readdirSync('/proc/self/fd').length - 1); // one of them is the folder itself
    },
  });
}

const QUANTILES = [0.5, 0.99, 1] as const;

function addLoopLag(registers: Registry[]): void {
  let delay: ReturnType<typeof monitorEventLoopDelay> | null = null;
  let forget: NodeJS.Timeout | undefined;
  new Gauge({
    name: 'codencer_event_loop_lag_seconds',
    help: 'How late the loop of the process was since the look before, by quantile; nothing at the first look.',
    labelNames: ['quantile'],
    registers,
    collect() {
      clearTimeout(forget);
      forget = setTimeout(() => {
        delay?.disable();
        delay = null;
        this.reset();
      }, FORGOTTEN_AFTER_MS).unref();
      if (delay === null) {
        delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
        delay.enable();
        return;
      }
      if (delay.count === 0) return;
      for (const quantile of QUANTILES) {
        const lateMs = delay.percentile(quantile * 100) / 1e6 - RESOLUTION_MS;
        this.set({ quantile }, Math.max(0, lateMs) / 1000);
      }
      delay.reset();
    },
  });
}
