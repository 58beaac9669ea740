import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import type { ClientPhase } from '../../../contract/client/client-phase.ts';
import type { ClientRun } from '../../../contract/client/client-run.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import type { Item } from '../../../contract/client/request-list.ts';
import {
  readRun,
  readRunGates,
  readRunPhases,
  readRunSteps,
  readStepAttempts,
} from '../../../contract/client/tree-routes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';

export interface StepBranch {
  readonly step: Item<ClientStep>;
  readonly attempts: readonly Item<ClientAttempt>[];
  readonly gates: readonly Item<ClientGate>[];
}

export interface PhaseBranch {
  readonly phase: Item<ClientPhase>;
  readonly steps: readonly StepBranch[];
}

export interface RunTree {
  readonly run: Item<ClientRun>;
  readonly phases: readonly PhaseBranch[];
}

/** Questions that are open at the same time. */
const AT_ONCE = 8;

/** A run with everything below it, as the record has it now. */
export async function readRunTree(connection: Connection, runId: string): Promise<Result<RunTree, ClientFailure>> {
  const run = await readRun(connection, runId);
  if (!run.ok) return run;
  const [steps, gates, phases] = await Promise.all([
    readRunSteps(connection, runId),
    readRunGates(connection, runId),
    readRunPhases(connection, runId),
  ]);
  if (!steps.ok) return steps;
  if (!gates.ok) return gates;
  if (!phases.ok) return phases;
  const branches: StepBranch[] = [];
  for (let start = 0; start < steps.value.length; start += AT_ONCE) {
    const some = steps.value.slice(start, start + AT_ONCE);
    const attempts = await Promise.all(some.map(({ view }) => readStepAttempts(connection, view.id)));
    for (const [index, step] of some.entries()) {
      const own = attempts[index];
      if (own?.ok !== true) return own ?? err({ kind: 'aborted' });
      branches.push({
        step,
        attempts: own.value,
        gates: gates.value.filter(({ view }) => view.stepId === step.view.id),
      });
    }
  }
  return ok({ run: run.value, phases: groupByPhase(phases.value, branches) });
}

/** In the order of the phases. A daemon that tells none still says of each step which one it is in. */
function groupByPhase(phases: readonly Item<ClientPhase>[], branches: readonly StepBranch[]): readonly PhaseBranch[] {
  const known = new Set(phases.map(({ view }) => view.id));
  const named = branches.map(({ step }) => step.view.phaseId).filter((id) => !known.has(id));
  const unknown = [...new Set(named)].map((id) => ({ json: { id, name: '' }, view: { id, name: '', order: 0 } }));
  return [...phases.toSorted((one, other) => one.view.order - other.view.order), ...unknown].map((phase) => ({
    phase,
    steps: branches.filter(({ step }) => step.view.phaseId === phase.view.id),
  }));
}
