import { z } from 'zod';

import { AttemptState } from '../attempt-state.ts';
import { GateState } from '../gate-state.ts';
import { AttemptId, ProjectId, RunId, StepId } from '../ids.ts';
import { ArtifactType } from '../records.ts';
import { RunState } from '../run-state.ts';
import { StepState } from '../step-state.ts';
import { wireObject } from './decode.ts';
import { LIST_PARAMETERS, orNothing, pageSize, several, wholeNumber } from './query-values.ts';

/** Of a list that cannot be narrowed. */
export const PageQuery = wireObject({ limit: pageSize.optional(), after: LIST_PARAMETERS.after });
export type PageQuery = z.infer<typeof PageQuery>;

export const RunListQuery = wireObject({
  project_id: orNothing(ProjectId),
  conversation_id: z.string().optional(),
  state: several(z.union([RunState, z.string().transform(() => null)])).meta({
    description: 'May be given several times: runs in any of these states.',
  }),
  include: z.literal('counts').optional().meta({
    description:
      '`counts` adds to each run how many steps are in which state and how many gates wait, and `x-total-count`.',
  }),
  ...LIST_PARAMETERS,
});
export type RunListQuery = z.infer<typeof RunListQuery>;

export const GateListQuery = wireObject({
  run: orNothing(RunId),
  step: orNothing(StepId),
  state: GateState.optional(),
  ...LIST_PARAMETERS,
});
export type GateListQuery = z.infer<typeof GateListQuery>;

const executor = z.string().max(128).optional().meta({ description: 'The executor that it runs on.' });

export const StepListQuery = wireObject({ state: StepState.optional(), executor, ...LIST_PARAMETERS });
export type StepListQuery = z.infer<typeof StepListQuery>;

/** Of the steps of all runs. */
export const StepSearchQuery = wireObject({
  run: RunId.optional(),
  state: several(StepState).meta({ description: 'May be given several times: steps in any of these states.' }),
  executor,
  ...LIST_PARAMETERS,
});
export type StepSearchQuery = z.infer<typeof StepSearchQuery>;

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

/** `after`: the sequence number that the reader has already. */
export const TraceQuery = wireObject({ after: wholeNumber.optional(), limit: pageSize.optional() });
export type TraceQuery = z.infer<typeof TraceQuery>;

export const BenchmarkQuery = wireObject({
  adapter: z.string().optional().meta({ description: 'The executor; without it the answer is null.' }),
});
export type BenchmarkQuery = z.infer<typeof BenchmarkQuery>;
