import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { defaultPhaseId, RunId, StepId } from '../../contract/ids.ts';
import { openStore } from '../../main/daemon/store/open-store.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { phase, run, step } from '../support/sample-records.ts';
import { PROGRESS } from './sample-event.ts';

export interface RecordSize {
  readonly runs: number;
  readonly stepsPerRun: number;
  /** In all; a run and a step bring one each. */
  readonly events: number;
}

/** So many runs a transaction: a commit for each would take minutes. */
const RUNS_PER_COMMIT = 500;
const EVENTS_PER_COMMIT = 5_000;

/** Fills the record at `path` through the store's own writers, as a daemon that is not running now would have. */
export function seedRecord(path: string, size: RecordSize): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const opened = openStore({ path, clock: Date.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const store = opened.value;
  const startedAtMs = Date.now() - size.runs * 1000;
  for (let first = 0; first < size.runs; first += RUNS_PER_COMMIT) {
    store.transaction(() => {
      const end = Math.min(first + RUNS_PER_COMMIT, size.runs);
      for (let index = first; index < end; index += 1)
        insertRun(store, { index, atMs: startedAtMs + index * 1000, size });
    });
  }
  fillEvents(store, size.events);
  store.checkpoint();
  store.close();
}

interface SeededRun {
  readonly index: number;
  readonly atMs: number;
  readonly size: RecordSize;
}

function insertRun(store: Store, { index, atMs, size }: SeededRun): void {
  const runId = RunId.parse(`run-${String(index).padStart(6, '0')}`);
  const times = { createdAtMs: atMs, updatedAtMs: atMs };
  store.runs.insert(
    run({ id: runId, state: 'completed', plannerId: 'planner', conversationId: `talk-${index}`, ...times }),
  );
  store.phases.insert(phase({ id: defaultPhaseId(runId), runId, ...times }));
  store.events.append({ type: 'run.created', actor: 'operator', runId, payload: { project_id: 'default-project' } });
  for (let number = 0; number < size.stepsPerRun; number += 1) {
    const stepId = StepId.parse(`${runId}-step-${number}`);
    const record = {
      id: stepId,
      runId,
      phaseId: defaultPhaseId(runId),
      state: 'completed',
      ...times,
      enqueuedAtMs: atMs,
    };
    store.steps.insert(step({ spec: { title: `Step ${number}`, goal: 'Do what has to be done.' }, record }));
    store.events.append({ type: 'step.submitted', actor: 'operator', runId, stepId, payload: { submission: 1 } });
  }
}

function fillEvents(store: Store, count: number): void {
  while (store.events.lastSeq() < count) {
    store.transaction(() => {
      const left = Math.min(count - store.events.lastSeq(), EVENTS_PER_COMMIT);
      for (let index = 0; index < left; index += 1) store.events.append(PROGRESS);
    });
  }
}
