import { join } from 'node:path';
import {
  type AttemptState,
  isAttemptLive,
  LIVE_ATTEMPT_STATES,
  type LiveAttemptState,
} from '../../contract/attempt-state.ts';
import { escapeName } from '../../contract/escape-name.ts';
import { attemptIdOf, TraceId } from '../../contract/ids.ts';
import type { AttemptRecord, StepRecord } from '../../contract/records.ts';
import { newAttempt } from '../../main/daemon/domain/new-attempt.ts';
import { recordAttempt, recordStepMove } from '../../main/daemon/services/ledger.ts';
import type { Pen } from './pen.ts';
import { drawFiles } from './seeded-task.ts';
import type { AttemptStory } from './story.ts';
import { writeEvidence } from './write-evidence.ts';
import { writeProgress } from './write-progress.ts';
import { writeValidations } from './write-validations.ts';

/** A step and its newest attempt, as they stand. */
export interface Played {
  readonly step: StepRecord;
  readonly attempt: AttemptRecord;
}

export interface AttemptPlan {
  readonly step: StepRecord;
  readonly story: AttemptStory;
  /** Events of progress, so that the log gets as long as it was asked for. */
  readonly progress: number;
}

/** One attempt from its start to its end. The step stands where the attempt left it: its verdict is the caller's. */
export function playAttempt(pen: Pen, { step, story, progress }: AttemptPlan): Played {
  let played = startAttempt(pen, step);
  for (const to of wayTo(story)) {
    pen.pass(pen.draw.whole(100, 4_000));
    played = advance(pen, played, to);
    if (to === 'running') writeProgress(pen, played.attempt, progress);
    if (to === 'validating') writeValidations(pen, played, story);
  }
  pen.pass(pen.draw.whole(100, 1_000));
  if (story.ends === 'cancelled') played = requestEnd(pen, played);
  writeEvidence(pen, played.attempt);
  return { step: played.step, attempt: endAttempt(pen, played.attempt, story) };
}

/** The states that an attempt goes through before it ends as it does. */
function wayTo({ ends, failureClass }: AttemptStory): readonly LiveAttemptState[] {
  if (ends === 'failed_adapter') return [];
  if (ends === 'cancelled' || ends === 'timeout' || ends === 'failed_bridge') return ['running'];
  return failureClass === 'command_failed' ? TO_COLLECTING : TO_VALIDATING;
}

const TO_COLLECTING = ['running', 'collecting_artifacts'] as const;
const TO_VALIDATING = [...TO_COLLECTING, 'validating'] as const;

/** An attempt that its daemon was killed over, in the state that it was in. Its lease is there. */
export function leaveAttempt(pen: Pen, step: StepRecord, state: LiveAttemptState): Played {
  let played = startAttempt(pen, step);
  for (const to of LIVE_ATTEMPT_STATES.slice(1, LIVE_ATTEMPT_STATES.indexOf(state) + 1)) {
    pen.pass(pen.draw.whole(100, 4_000));
    played = advance(pen, played, to);
  }
  pen.store.steps.save(played.step);
  pen.store.attempts.save(played.attempt);
  const ttlSeconds = 60;
  const heartbeatAtMs = pen.clock();
  const expiresAtMs = heartbeatAtMs + ttlSeconds * 1000;
  const fence = pen.store.leases.nextFence();
  const attemptId = played.attempt.id;
  pen.store.leases.insert({ attemptId, owner: 'daemon:1', fence, ttlSeconds, heartbeatAtMs, expiresAtMs });
  return played;
}

function startAttempt(pen: Pen, step: StepRecord): Played {
  const attempt = attemptOf(pen, step);
  pen.store.attempts.insert(attempt);
  const change = { attemptsUsed: step.attemptsUsed + 1, notBeforeMs: null };
  const moved = recordStepMove(pen.teller, step, { ...MACHINE, to: 'dispatching', reason: '', change });
  const { number, executor, isSimulation, traceId, baseCommit } = attempt;
  pen.store.events.append({
    type: 'attempt.started',
    actor: 'daemon',
    ...placeOf(attempt),
    payload: { number, executor, is_simulation: isSimulation, trace_id: traceId, base_commit: baseCommit },
  });
  return { step: moved, attempt };
}

export const MACHINE = { by: 'machine', actor: 'daemon' } as const;

export const placeOf = ({ runId, stepId, id }: AttemptRecord) => ({ runId, stepId, attemptId: id });

function attemptOf({ clock, draw, baseCommit, workspaceRoot }: Pen, step: StepRecord): AttemptRecord {
  const createdAtMs = clock();
  const number = step.attemptsUsed + 1;
  const id = attemptIdOf(step.id, number);
  return newAttempt(step, number, {
    isSimulation: true,
    traceId: TraceId.parse(`trace-${draw.text(20)}`),
    mark: `seed:${id}:${draw.text(12)}`,
    worktreePath: join(workspaceRoot, escapeName(step.runId), escapeName(id)),
    baseCommit,
    createdAtMs,
  });
}

/** Step and attempt together, as long as the attempt lives. */
function advance(pen: Pen, { step, attempt }: Played, to: LiveAttemptState): Played {
  const startedAtMs = attempt.startedAtMs ?? pen.clock();
  return {
    attempt: recordAttempt(pen.teller, { ...attempt, state: to, startedAtMs }, 'attempt.state_changed'),
    step: recordStepMove(pen.teller, step, { ...MACHINE, to, reason: '' }),
  };
}

function requestEnd({ store, clock }: Pen, { step, attempt }: Played): Played {
  const request = { actor: 'operator', reason: 'no longer needed', atMs: clock() };
  const { runId, stepId, actor, reason } = { ...placeOf(attempt), ...request };
  store.events.append({ type: 'step.cancel_requested', actor, runId, stepId, payload: { reason } });
  return { step, attempt: { ...attempt, cancelRequest: request } };
}

function endAttempt(pen: Pen, attempt: AttemptRecord, { ends, failureClass, summary }: AttemptStory): AttemptRecord {
  const ended: AttemptRecord = {
    ...attempt,
    state: ends,
    failureClass,
    summary,
    warnings: ends === 'completed_with_warnings' ? ['2 processes were left over and had to be ended.'] : [],
    filesChanged: hasWorked(attempt.state) ? drawFiles(pen.draw) : [],
    exitCode: exitCodeOf(ends),
    endedAtMs: pen.clock(),
  };
  return recordAttempt(pen, ended, 'attempt.ended');
}

const hasWorked = (state: AttemptState): boolean => isAttemptLive(state) && state !== 'dispatching';

function exitCodeOf(ends: AttemptState): number | null {
  if (ends === 'failed_terminal') return 1;
  return ends === 'completed' || ends === 'completed_with_warnings' || ends === 'failed_validation' ? 0 : null;
}
