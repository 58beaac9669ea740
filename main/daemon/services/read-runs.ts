import { type Refusal, refusal } from '../../../contract/errors.ts';
import { type ProjectId, RunId } from '../../../contract/ids.ts';
import type { GateRecord, RunRecord, StepRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isTerminalRun, type RunState } from '../../../contract/run-state.ts';
import type { ServiceContext } from './context.ts';
import { formatCursor, parseCursor } from './list-filters.ts';
import { newestOfStates } from './newest-of-states.ts';

export interface RunFilter {
  readonly projectId?: ProjectId;
  readonly conversationId?: string;
  /** Any of them; every state without. */
  readonly states?: readonly RunState[];
  readonly limit?: number;
  /** What an earlier page gave as `next`. */
  readonly after?: string;
}

export interface RunPage {
  readonly runs: readonly RunRecord[];
  readonly next: string | null;
}

const DEFAULT_LIMIT = 100;

/** Newest first. The cursor names the last run of a page, so that new runs never shift it. */
export function listRuns(context: ServiceContext, filter: RunFilter): Result<RunPage, Refusal> {
  const { after, limit = DEFAULT_LIMIT, states, ...rest } = filter;
  const before = parseCursor(after, (text) => RunId.safeParse(text).data);
  if (!before.ok) return before;
  const page = { ...rest, limit: limit + 1, before: before.value };
  const runs = newestOfStates({ states, limit: limit + 1 }, (state) => context.store.runs.list({ ...page, state }));
  const shown = runs.slice(0, limit);
  const last = shown.at(-1);
  const next = runs.length > limit && last !== undefined ? formatCursor(last) : null;
  return ok({ runs: shown, next });
}

/** How many match, whatever page was asked for. */
export function countRuns(
  { store }: Pick<ServiceContext, 'store'>,
  { projectId, conversationId, states }: Pick<RunFilter, 'projectId' | 'conversationId' | 'states'>,
): number {
  const counted = [...new Set(states ?? [undefined])];
  const counts = counted.map((state) => store.runs.count({ projectId, conversationId, state }));
  return counts.reduce((sum, count) => sum + count, 0);
}

export function getRun(
  context: Pick<ServiceContext, 'store'>,
  { runId }: { readonly runId: RunId },
): Result<RunRecord, Refusal> {
  const run = context.store.runs.get(runId);
  return run === null ? err(refusal('run_not_found', `run ${runId} not found`)) : ok(run);
}

/** A run that takes work: it has not ended and nobody asked for its end. */
export function getOpenRun(
  context: Pick<ServiceContext, 'store'>,
  { runId }: { readonly runId: RunId },
): Result<RunRecord, Refusal> {
  const run = getRun(context, { runId });
  if (!run.ok) return run;
  const closed = whyClosed(run.value);
  if (closed === null) return run;
  return err(refusal('run_closed', `run ${runId} ${closed} and takes no more work: submit the task to another run`));
}

function whyClosed({ state, abortRequest }: RunRecord): string | null {
  if (isTerminalRun(state)) return `is ${state}`;
  return abortRequest === null ? null : 'is being aborted';
}

/** Empty for a run that does not exist: inherited clients rely on it. */
export const listRunSteps = (context: ServiceContext, { runId }: { readonly runId: RunId }): readonly StepRecord[] =>
  context.store.steps.listOfRun(runId);

export const listRunGates = (context: ServiceContext, { runId }: { readonly runId: RunId }): readonly GateRecord[] =>
  context.store.gates.list({ runId, limit: 1000 });
