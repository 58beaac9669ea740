import { defaultPhaseId, type PhaseId, ProjectId, RunId, StepId } from '../../contract/ids.ts';
import type { RunRecord } from '../../contract/records.ts';
import { countOpen, endOfRun } from '../../main/daemon/domain/follow-run.ts';
import { recordRunFollows, recordRunState } from '../../main/daemon/services/ledger.ts';
import type { Pen } from './pen.ts';
import { playStep } from './play-step.ts';
import type { StepStory } from './story.ts';

export interface RunPlan {
  readonly stories: readonly StepStory[];
  /** Events that the log should hold once the run has been written; it holds more when the steps bring more. */
  readonly events: number;
  /** Somebody gave it up after its steps. */
  readonly isAborted: boolean;
}

const PROJECTS = ['shop', 'website', 'default-project'] as const;
const PLANNERS = ['', 'claude-desktop', 'nightly'] as const;
const THINKS_BETWEEN_STEPS_MS = 5_000;

/** A run with its steps, one after the other, up to the state that follows from them. */
export function playRun(pen: Pen, { stories, events, isAborted }: RunPlan): void {
  const run = startRun(pen);
  const phaseId = insertPhase(pen, run);
  for (const [index, story] of stories.entries()) {
    pen.pass(pen.draw.whole(100, THINKS_BETWEEN_STEPS_MS));
    const stepId = StepId.parse(`step-${pen.draw.text(12)}`);
    const left = Math.max(events - pen.store.events.lastSeq(), 0);
    const progress = progressOf(story, Math.floor(left / (stories.length - index)));
    playStep(pen, { run, phaseId, stepId, story, progress });
  }
  if (isAborted) abortRun(pen, run);
  else completeRun(pen, run);
}

/** What a step without progress writes, about; the next step makes up for what it was more or less. */
const EVENTS_OF_ATTEMPT = 10;

const progressOf = (story: StepStory, share: number): number =>
  Math.max(share - EVENTS_OF_ATTEMPT * (story.kind === 'ends' ? story.attempts.length : 1), 0);

function startRun({ store, draw, clock }: Pen): RunRecord {
  const atMs = clock();
  const plannerId = draw.oneOf(PLANNERS);
  const run: RunRecord = {
    id: RunId.parse(`run-${draw.text(12)}`),
    projectId: ProjectId.parse(draw.oneOf(PROJECTS)),
    conversationId: plannerId === '' ? '' : `talk-${draw.text(6)}`,
    plannerId,
    executorId: '',
    state: 'running',
    closeWhenIdle: false,
    abortRequest: null,
    recoveryNotes: '',
    createdAtMs: atMs,
    updatedAtMs: atMs,
  };
  store.runs.insert(run);
  const payload = { project_id: run.projectId, planner_id: plannerId, close_when_idle: run.closeWhenIdle };
  store.events.append({ type: 'run.created', actor: 'operator', runId: run.id, payload });
  return run;
}

function insertPhase({ store }: Pen, { id: runId, createdAtMs }: RunRecord): PhaseId {
  const id = defaultPhaseId(runId);
  store.phases.insert({ id, runId, name: 'Execution', seqOrder: 1, createdAtMs, updatedAtMs: createdAtMs });
  return id;
}

function abortRun(pen: Pen, { id }: RunRecord): void {
  const run = readRun(pen, id);
  const cause = { actor: 'operator', reason: 'the plan has changed' };
  const aborted = { ...run, abortRequest: { ...cause, atMs: pen.clock() } };
  const payload = { reason: cause.reason };
  pen.store.events.append({ type: 'run.abort_requested', actor: cause.actor, runId: id, payload });
  recordRunState(pen, aborted, { ...cause, state: 'cancelled' });
}

/** Somebody closes it, unless a step of it has not ended: then the run waits as its steps do. */
function completeRun(pen: Pen, { id }: RunRecord): void {
  recordRunFollows(pen, id, 'daemon');
  const tally = pen.store.steps.tallyOfRun(id);
  if (countOpen(tally) > 0) return;
  const cause = { actor: 'operator', reason: 'completed on request' };
  recordRunState(pen, readRun(pen, id), { ...cause, state: endOfRun(tally) });
}

function readRun({ store }: Pen, id: RunId): RunRecord {
  const run = store.runs.get(id);
  if (run === null) throw new Error(`run ${id} has no row`);
  return run;
}
