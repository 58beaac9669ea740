import type { Row } from './row.ts';
import { agentLive } from './rows/agent-live.ts';
import { cancel } from './rows/cancel.ts';
import { cliStart } from './rows/cli-start.ts';
import { daemonStart } from './rows/daemon-start.ts';
import { eventFanOut } from './rows/event-fan-out.ts';
import { listRuns } from './rows/list-runs.ts';
import { outputRate } from './rows/output-rate.ts';
import { stepLatency } from './rows/step-latency.ts';
import { stepRate } from './rows/step-rate.ts';
import { waitWakeUp } from './rows/wait-wake-up.ts';

/** In the order of "Numbers" in ARCHITECTURE.md. */
export const ROWS: readonly Row[] = [
  stepLatency,
  stepRate,
  cliStart,
  waitWakeUp,
  eventFanOut,
  outputRate,
  daemonStart,
  listRuns,
  agentLive,
  cancel,
];
