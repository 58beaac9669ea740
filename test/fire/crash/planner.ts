import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isTerminalStep, StepState } from '../../../contract/step-state.ts';
import type { Random } from '../../support/random.ts';
import type { Seat } from './seat.ts';
import { drawTask } from './tasks.ts';
import type { Told } from './told.ts';

export interface PlannerParts {
  readonly name: string;
  readonly seat: Seat;
  readonly random: Random;
  readonly told: Told;
  /** How many steps it wants to be under way or waiting. */
  readonly openSteps: number;
  /** For plans and notes of the programs. */
  readonly folder: string;
}

const StepRows = z.array(z.looseObject({ id: z.string(), state: StepState })).nullable();
const GateRows = z.array(z.looseObject({ id: z.string(), subject_digest: z.string() })).nullable();

const STEPS_PER_RUN = 30;

/**
 * A planner who is never content: submits, looks, cancels, retries, decides. It knows that a question whose connection
 * broke may have been heard or not, and goes on with the next daemon. Ends when the signal is aborted.
 */
export async function plan(parts: PlannerParts, stop: AbortSignal): Promise<void> {
  for (let run = 1; !stop.aborted; run += 1) {
    const runId = `${parts.name}-r${run}`;
    await openRun(parts, runId);
    await followRun(parts, runId, stop);
  }
}

async function openRun({ seat, told }: PlannerParts, runId: string): Promise<void> {
  for (;;) {
    const answer = await seat.ask({ method: 'POST', path: '/api/v1/runs', body: { id: runId } });
    if (answer?.status === 201 || answer?.text.includes('failed to create run')) break;
    await sleep(5);
  }
  told.runs.add(runId);
}

async function followRun(parts: PlannerParts, runId: string, stop: AbortSignal): Promise<void> {
  const { random, seat, openSteps } = parts;
  for (let submitted = 0; !stop.aborted; ) {
    const steps = StepRows.parse((await seat.read(`/api/v1/runs/${runId}/steps`)).json) ?? [];
    const open = steps.filter(({ state }) => !isTerminalStep(state));
    if (open.length < openSteps && submitted < STEPS_PER_RUN) {
      submitted += 1;
      await submit(parts, { runId, stepId: `${runId}-s${submitted}` });
    } else if (open.length === 0) {
      await seat.ask({ method: 'PATCH', path: `/api/v1/runs/${runId}`, body: { action: 'complete' } });
      return;
    } else {
      await meddle(parts, { runId, steps, open });
    }
    await sleep(random.below(60));
  }
}

interface SubmitPlace {
  readonly runId: string;
  readonly stepId: string;
}

async function submit({ seat, random, told, folder }: PlannerParts, { runId, stepId }: SubmitPlace): Promise<void> {
  const drawn = drawTask(random, { folder, name: stepId });
  const body = { ...drawn.task, step_id: stepId };
  const answer = await seat.ask({ method: 'POST', path: `/api/v1/runs/${runId}/steps`, body });
  const isTaken = answer === null ? (await seat.read(`/api/v1/steps/${stepId}`)).status === 200 : answer.status === 202;
  if (answer !== null && answer.status >= 400 && answer.status !== 503) throw new Error(`${stepId}: ${answer.text}`);
  if (isTaken) told.steps.set(stepId, { runId, drawn });
}

interface Situation {
  readonly runId: string;
  readonly steps: readonly { readonly id: string; readonly state: StepState }[];
  readonly open: Situation['steps'];
}

const DEEDS = { decide: 4, cancel: 1, retry: 1, resolve: 2, look: 2 } as const;

async function meddle(parts: PlannerParts, { runId, steps, open }: Situation): Promise<void> {
  const { random, seat, told } = parts;
  const step = random.pick(open);
  switch (random.weighted(DEEDS)) {
    case 'decide':
      return decideGates(parts, runId);
    case 'cancel':
      return cancel(parts, step.id);
    case 'retry': {
      const settled = steps.filter(({ state }) => isTerminalStep(state) && state !== 'completed');
      if (settled.length === 0) return;
      const { id } = random.pick(settled);
      // From the moment of asking it may be open again.
      told.cancelled.delete(id);
      await seat.ask({ method: 'POST', path: `/api/v1/steps/${id}/retry`, body: { reason: 'once more' } });
      return;
    }
    case 'resolve':
      if (step.state !== 'needs_manual_attention') return;
      await resolve(seat, step.id);
      return;
    case 'look':
      await seat.ask({ path: random.pick([`/api/v1/steps/${step.id}/result`, `/api/v1/steps/${step.id}/logs`]) });
  }
}

export const resolve = (seat: Seat, stepId: string) =>
  seat.ask({
    method: 'POST',
    path: `/api/v1/steps/${stepId}/resolve`,
    body: { as: 'failed_terminal', reason: 'a person looked' },
  });

async function cancel({ seat, told }: PlannerParts, stepId: string): Promise<void> {
  const answer = await seat.ask({ method: 'POST', path: `/api/v1/steps/${stepId}/cancel`, body: { reason: 'enough' } });
  if (answer?.status === 200) told.cancelled.add(stepId);
}

export async function decideGates({ seat, random, told }: PlannerParts, runId: string): Promise<void> {
  const gates = GateRows.parse((await seat.read(`/api/v1/gates?run=${runId}&state=pending`)).json) ?? [];
  for (const { id, subject_digest: digest } of gates) {
    const action = random.isChance(0.7) ? 'approve' : 'reject';
    const answer = await seat.ask({ method: 'POST', path: `/api/v1/gates/${id}`, body: { action, digest } });
    if (answer?.status === 200) told.gates.set(id, action === 'approve' ? 'approved' : 'rejected');
  }
}
