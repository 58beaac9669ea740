import { z } from 'zod';

import type { AttemptRecord, StepRecord } from '../records.ts';
import { textOrAbsent } from './encode-json.ts';
import { formatTime } from './time.ts';

/** How one attempt went, in numbers. */
export interface BenchmarkView {
  readonly attempt: Pick<
    AttemptRecord,
    'id' | 'executor' | 'isSimulation' | 'failureClass' | 'summary' | 'endedAtMs' | 'updatedAtMs'
  >;
  readonly phaseId: StepRecord['phaseId'] | null;
  readonly durationMs: number;
  readonly validationsPassed: number;
  readonly validationsDeclared: number;
}

export const encodeBenchmark = ({ attempt, ...score }: BenchmarkView) => ({
  id: `bench-${attempt.id}`,
  adapter: attempt.executor,
  phase_id: score.phaseId ?? '',
  attempt_id: attempt.id,
  duration_ms: score.durationMs,
  validations_hit: score.validationsPassed,
  validations_max: score.validationsDeclared,
  cost_cents: 0,
  failure_reason: attempt.failureClass === null ? undefined : textOrAbsent(attempt.summary),
  is_simulation: attempt.isSimulation,
  created_at: formatTime(attempt.endedAtMs ?? attempt.updatedAtMs),
});

export const WireBenchmark = z
  .object({
    id: z.string(),
    adapter: z.string(),
    phase_id: z.string(),
    attempt_id: z.string(),
    duration_ms: z
      .int()
      .nonnegative()
      .meta({ description: 'From the start of the executor to the end of the attempt.' }),
    validations_hit: z.int().nonnegative(),
    validations_max: z.int().nonnegative(),
    cost_cents: z.literal(0).meta({ description: 'Nothing here knows what an attempt has cost.' }),
    failure_reason: z.string().optional(),
    is_simulation: z.boolean(),
    created_at: z.string().meta({ format: 'date-time' }),
  })
  .meta({ id: 'Benchmark', description: 'How one attempt went, in numbers.' });
