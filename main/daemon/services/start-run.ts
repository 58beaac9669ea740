import { type Refusal, refusal } from '../../../contract/errors.ts';
import { defaultPhaseId, ProjectId, type RunId } from '../../../contract/ids.ts';
import type { PhaseRecord, RunRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';

export interface StartRunInput {
  readonly id?: RunId;
  readonly projectId?: ProjectId;
  readonly conversationId?: string;
  readonly plannerId?: string;
  readonly executorId?: string;
  readonly closeWhenIdle?: boolean;
  readonly actor: string;
}

export interface StartedRun {
  readonly run: RunRecord;
  readonly phases: readonly PhaseRecord[];
}

/** Opens a run with its first phase. It is `running` at once: there is nothing to wait for. */
export function startRun(context: ServiceContext, input: StartRunInput): Result<StartedRun, Refusal> {
  const run = newRun(context, input);
  const phase = firstPhase(run);
  return context.store.transaction(() => {
    const taken = whyTaken(context, { run, phase });
    if (taken !== null) return err(refusal('duplicate_id', `failed to create run ${run.id}: ${taken}`));
    context.store.runs.insert(run);
    context.store.phases.insert(phase);
    context.store.events.append({
      type: 'run.created',
      actor: input.actor,
      runId: run.id,
      payload: { project_id: run.projectId, planner_id: run.plannerId, close_when_idle: run.closeWhenIdle },
    });
    return ok({ run, phases: [phase] });
  });
}

/** A phase that a task of another run declared may have the id of the first one here. */
function whyTaken({ store }: ServiceContext, { run, phase }: { run: RunRecord; phase: PhaseRecord }): string | null {
  if (store.runs.get(run.id) !== null) return 'a run with this id exists';
  const other = store.phases.get(phase.id);
  return other === null ? null : `its first phase ${phase.id} exists in run ${other.runId}`;
}

function newRun(context: ServiceContext, input: StartRunInput): RunRecord {
  const atMs = context.clock();
  return {
    id: input.id ?? context.ids.run(),
    projectId: input.projectId ?? ProjectId.parse('default-project'),
    conversationId: input.conversationId ?? '',
    plannerId: input.plannerId ?? '',
    executorId: input.executorId ?? '',
    state: 'running',
    closeWhenIdle: input.closeWhenIdle ?? false,
    abortRequest: null,
    recoveryNotes: '',
    createdAtMs: atMs,
    updatedAtMs: atMs,
  };
}

function firstPhase(run: RunRecord): PhaseRecord {
  const { createdAtMs, updatedAtMs } = run;
  return { id: defaultPhaseId(run.id), runId: run.id, name: 'Execution', seqOrder: 1, createdAtMs, updatedAtMs };
}
