import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { BenchDaemon } from './daemon.ts';
import { ADDED_FILE, addedContent } from './floors/step-commands.ts';

/** The plain step of the bench: the simulation adds one file. */
export const plainTask = (id: string) => ({
  simulation: { edits: [{ action: 'write', path: ADDED_FILE, content: addedContent(id) }] },
});

const Waited = z.object({ state: z.string(), step: z.object({ status_reason: z.string().default('') }) });

/** Submits a plain step and waits until it has ended well. */
export async function runPlainStep(daemon: BenchDaemon, runId: string, id: string): Promise<void> {
  const stepId = await daemon.submit(runId, plainTask(id));
  const reply = await daemon.client.call('POST', `/api/v1/steps/${stepId}/wait`, { timeout_ms: 60_000 });
  const { state, step } = Waited.parse(reply);
  if (state !== 'completed') throw new Error(`${id} ended ${state}: ${step.status_reason}`);
}

/** Clean-up goes on after a step has ended; what is measured next must not meet it. */
export async function untilCleanedUp({ workspaceRoot }: BenchDaemon): Promise<void> {
  while (existsSync(workspaceRoot) && readdirSync(workspaceRoot).length > 0) await sleep(1);
}
