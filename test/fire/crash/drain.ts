import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isTerminalStep } from '../../../contract/step-state.ts';
import { plainGit } from '../../support/git-sandbox.ts';
import { inspect } from './inspect.ts';
import { decideGates, type PlannerParts, resolve } from './planner.ts';
import { inspectionOf, type Storm } from './storm-state.ts';
import { surveyStep } from './survey.ts';

const DRAIN_WITHIN_MS = 180_000;

/** Nobody is killed any more: everything comes to an end, and what is new is done as ever. */
export async function drain(storm: Storm, planners: readonly PlannerParts[]): Promise<readonly string[]> {
  const { seat, told, repository } = storm;
  const [planner] = planners;
  if (planner === undefined) return [];
  const deadline = performance.now() + DRAIN_WITHIN_MS;
  for (let open: readonly string[] = [...told.steps.keys()]; ; ) {
    const still = await endSteps(storm, planner, open);
    if (still.length === 0) break;
    if (performance.now() > deadline) return [`the queue does not drain: ${still.slice(0, 10).join(', ')}`];
    storm.options.onProgress?.(`${still.length} steps have not ended yet`);
    open = still;
    await sleep(50);
  }
  const fresh = { run: 'after', step: 'after-the-storm' };
  await seat.ask({ method: 'POST', path: '/api/v1/runs', body: { id: fresh.run } });
  await seat.ask({
    method: 'POST',
    path: `/api/v1/runs/${fresh.run}/steps`,
    body: {
      version: 'v1',
      goal: 'calm',
      step_id: fresh.step,
      adapter_profile: 'command',
      recipe: { steps: [{ run: 'echo calm > calm.txt' }] },
    },
  });
  await seat.ask({ method: 'POST', path: `/api/v1/steps/${fresh.step}/wait`, body: { timeout_ms: 60_000 } });
  const calm = await surveyStep(seat, fresh.step);
  storm.inspected.steps.clear();
  const problems = await inspect(inspectionOf(storm), { isThorough: true });
  plainGit(repository.root, ['fsck', '--connectivity-only', '--no-dangling']);
  return [
    ...(calm?.step.state === 'completed' ? [] : [`a step after the storm is ${calm?.step.state}`]),
    ...problems,
    ...(await findForgottenHistory(storm)),
  ];
}

async function endSteps({ seat }: Storm, planner: PlannerParts, open: readonly string[]): Promise<readonly string[]> {
  const still: string[] = [];
  for (const id of open) {
    const survey = await surveyStep(seat, id);
    if (survey === null || isTerminalStep(survey.step.state)) continue;
    still.push(id);
    if (survey.step.state === 'needs_approval') await decideGates(planner, survey.step.runId);
    else if (survey.step.state === 'needs_manual_attention') await resolve(seat, id);
    else if (planner.told.steps.get(id)?.drawn.isEndless === true) {
      await seat.ask({ method: 'POST', path: `/api/v1/steps/${id}/cancel`, body: { reason: 'the storm is over' } });
    }
  }
  return still;
}

/** The whole log once more, from its beginning. */
async function findForgottenHistory({ seat, told }: Storm): Promise<readonly string[]> {
  const seen = new Map<number, string>();
  for (let after = 0; ; ) {
    const page = await seat.read(`/api/v1/events?format=json&limit=1000&after=${after}`);
    const events = z.array(z.looseObject({ seq: z.number(), hash: z.string() })).parse(page.json);
    for (const { seq, hash } of events) seen.set(seq, hash);
    after = events.at(-1)?.seq ?? after;
    if (events.length < 1000) break;
  }
  const changed = [...told.events].filter(([seq, hash]) => seen.get(seq) !== hash);
  return changed.map(([seq]) => `event ${seq} is not the one that was told`);
}
