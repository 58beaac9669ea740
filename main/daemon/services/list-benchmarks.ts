import type { AttemptRecord, StepRecord } from '../../../contract/records.ts';
import type { ServiceContext } from './context.ts';

/** How one attempt went, in numbers. */
export interface Benchmark {
  readonly attempt: AttemptRecord;
  /** Null: its step cannot be read. */
  readonly phaseId: StepRecord['phaseId'] | null;
  /** From the start of the executor to the end of the attempt. */
  readonly durationMs: number;
  readonly validationsPassed: number;
  readonly validationsDeclared: number;
}

const MAX_SCORES = 100;

/** The newest attempts of an executor that ran and have ended; simulated ones say that they are. */
export function listBenchmarks(
  { store }: Pick<ServiceContext, 'store'>,
  { executor }: { readonly executor: string },
): readonly Benchmark[] {
  return store.attempts.listEndedOf({ executor, limit: MAX_SCORES }).flatMap((attempt) => {
    const { startedAtMs, endedAtMs } = attempt;
    if (startedAtMs === null || endedAtMs === null) return [];
    const validations = store.validations.listOfAttempt(attempt.id);
    return {
      attempt,
      phaseId: store.steps.get(attempt.stepId)?.phaseId ?? null,
      durationMs: Math.max(0, endedAtMs - startedAtMs),
      validationsPassed: validations.filter(({ state }) => state === 'passed').length,
      validationsDeclared: validations.length,
    };
  });
}
