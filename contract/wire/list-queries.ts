import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { GateState } from '../gate-state.ts';
import { AttemptId } from '../ids.ts';
import { ArtifactType } from '../records.ts';
import { StepState } from '../step-state.ts';
import { wireObject } from './decode.ts';
import { LIST_PARAMETERS, pageSize, wholeNumber } from './query-values.ts';

const executor = z.string().max(64).optional().meta({ description: 'The executor that it runs on.' });

export const StepListQuery = wireObject({ state: StepState.optional(), executor, ...LIST_PARAMETERS });
export type StepListQuery = z.infer<typeof StepListQuery>;

export const RunGateListQuery = wireObject({ state: GateState.optional(), ...LIST_PARAMETERS });
export type RunGateListQuery = z.infer<typeof RunGateListQuery>;

export const AttemptListQuery = wireObject({ state: AttemptState.optional(), executor, ...LIST_PARAMETERS });
export type AttemptListQuery = z.infer<typeof AttemptListQuery>;

export const ArtifactListQuery = wireObject({
  attempt: AttemptId.optional(),
  type: ArtifactType.optional(),
  ...LIST_PARAMETERS,
});
export type ArtifactListQuery = z.infer<typeof ArtifactListQuery>;

export const QueueQuery = wireObject({ limit: pageSize.optional(), after: LIST_PARAMETERS.after });
export type QueueQuery = z.infer<typeof QueueQuery>;

/** `after`: the sequence number that the reader has already. */
export const TraceQuery = wireObject({ after: wholeNumber.optional(), limit: pageSize.optional() });
export type TraceQuery = z.infer<typeof TraceQuery>;

export const BenchmarkQuery = wireObject({
  adapter: z.string().optional().meta({ description: 'The executor; without it the answer is null.' }),
});
export type BenchmarkQuery = z.infer<typeof BenchmarkQuery>;
