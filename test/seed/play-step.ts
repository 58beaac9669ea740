import type { StepId } from '../../contract/ids.ts';
import type { PhaseRecord, RunRecord, StepRecord } from '../../contract/records.ts';
import { assertNever } from '../../contract/result.ts';
import { recordStepMove } from '../../main/daemon/services/ledger.ts';
import { askPerson, needAttention } from './ask-person.ts';
import type { Pen } from './pen.ts';
import { leaveAttempt, MACHINE, type Played, playAttempt } from './play-attempt.ts';
import { drawTask } from './seeded-task.ts';
import { type AttemptStory, COMPLETED, type StepStory } from './story.ts';

export interface StepPlan {
  readonly run: RunRecord;
  readonly phaseId: PhaseRecord['id'];
  readonly stepId: StepId;
  readonly story: StepStory;
  /** Events of progress in all of its attempts together. */
  readonly progress: number;
}

/** Writes a step as the services write it: row and event of each move, in the order in which they happen. */
export function playStep(pen: Pen, plan: StepPlan): void {
  const { story, progress } = plan;
  const step = submitStep(pen, plan);
  switch (story.kind) {
    case 'ends':
      playAttempts(pen, { step, stories: story.attempts, progress });
      return;
    case 'gate':
      askPerson(pen, playAttempt(pen, { step, story: COMPLETED, progress }), story.decided);
      return;
    case 'attention':
      needAttention(pen, playAttempt(pen, { step, story: COMPLETED, progress }), story.isResolved);
      return;
    case 'waits':
      return;
    case 'left':
      leaveAttempt(pen, step, story.in);
      return;
    default:
      assertNever(story);
  }
}

/** A step that waits does so for this long; long enough that nobody sees it start by itself. */
const WAITS_MS = 7 * 24 * 3_600_000;

function submitStep({ store, draw, clock }: Pen, { run, phaseId, stepId, story }: StepPlan): StepRecord {
  const atMs = clock();
  const isRetried = story.kind === 'ends' && story.attempts.length > 1;
  const spec = drawTask(draw, { isRetried });
  const step: StepRecord = {
    id: stepId,
    runId: run.id,
    phaseId,
    state: 'pending',
    statusReason: '',
    spec,
    executor: 'simulation',
    submission: 1,
    isRequired: true,
    priority: 0,
    enqueuedAtMs: atMs,
    notBeforeMs: story.kind === 'waits' ? atMs + WAITS_MS : null,
    attemptsUsed: 0,
    createdAtMs: atMs,
    updatedAtMs: atMs,
  };
  store.steps.insert(step);
  const payload = { submission: 1, executor: step.executor, title: spec.title, priority: 0 };
  store.events.append({ type: 'step.submitted', actor: actorOf(run), runId: run.id, stepId, payload });
  return step;
}

const actorOf = ({ plannerId }: RunRecord): string => (plannerId === '' ? 'operator' : `planner:${plannerId}`);

interface Attempts {
  readonly step: StepRecord;
  readonly stories: readonly AttemptStory[];
  readonly progress: number;
}

function playAttempts(pen: Pen, { step, stories, progress }: Attempts): void {
  let current = step;
  const share = Math.floor(progress / stories.length);
  for (const [index, story] of stories.entries()) {
    const isLast = index === stories.length - 1;
    const played = playAttempt(pen, {
      step: current,
      story,
      progress: isLast ? progress - index * share : share,
    });
    current = isLast ? endStep(pen, played) : awaitRetry(pen, played);
  }
}

const endStep = (pen: Pen, { step, attempt }: Played): StepRecord =>
  recordStepMove(pen, step, { ...MACHINE, to: attempt.state, reason: attempt.summary });

const RETRY_AFTER_MS = 30_000;

/** Back to the queue, where it waits out its delay. */
function awaitRetry(pen: Pen, { step, attempt }: Played): StepRecord {
  const reason = `attempt ${attempt.number} ended ${attempt.state}: ${attempt.summary}; the retry rule grants another`;
  const notBeforeMs = pen.clock() + RETRY_AFTER_MS;
  const change = { notBeforeMs, enqueuedAtMs: pen.clock() };
  const waiting = recordStepMove(pen, step, { ...MACHINE, to: 'pending', reason, change });
  pen.pass(RETRY_AFTER_MS);
  return waiting;
}
