import { z } from 'zod';

import { GateState } from '../gate-state.ts';
import { AttemptId, ProjectId, RunId, StepId } from '../ids.ts';
import type { Result } from '../result.ts';
import { RunState } from '../run-state.ts';
import { decodeWith, wireObject } from './decode.ts';

const MAX_PAGE = 1000;

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 });
const pageSize = wholeNumber.pipe(z.int().min(1).max(MAX_PAGE)).meta({ minimum: 1, maximum: MAX_PAGE });

/** What cannot be an id or a state is in no list: `null`, where a missing filter is `undefined`. */
const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema, z.string().transform(() => null)]).optional();

export const RunListQuery = wireObject({
  project_id: orNothing(ProjectId),
  conversation_id: z.string().optional(),
  state: orNothing(RunState),
  limit: pageSize.optional(),
  after: z.string().optional(),
});
export type RunListQuery = z.infer<typeof RunListQuery>;

export const GateListQuery = wireObject({
  run: orNothing(RunId),
  step: orNothing(StepId),
  state: GateState.optional(),
  limit: pageSize.optional(),
});
export type GateListQuery = z.infer<typeof GateListQuery>;

/** `attempt`: the newest one when absent. `offset` and `limit` are bytes. */
export const LogQuery = wireObject({
  attempt: AttemptId.optional(),
  stream: z.enum(['stdout', 'stderr']).default('stdout'),
  offset: wholeNumber.optional(),
  limit: wholeNumber.optional(),
  follow: z.enum(['0', '1']).default('0'),
});
export type LogQuery = z.infer<typeof LogQuery>;

export const DiffQuery = wireObject({ attempt: AttemptId.optional() });
export type DiffQuery = z.infer<typeof DiffQuery>;

/** `after`: the sequence number that the reader has already. */
export const EventQuery = wireObject({
  run: RunId.optional(),
  step: StepId.optional(),
  after: wholeNumber.optional(),
  limit: pageSize.default(MAX_PAGE),
  format: z.enum(['sse', 'json']).default('sse'),
});
export type EventQuery = z.infer<typeof EventQuery>;

/** The `Last-Event-ID` of a reader that comes back. */
export const decodeLastEventId = (value: unknown): Result<number, string> => decodeWith(wholeNumber, value);

export const PageQuery = wireObject({ limit: pageSize.optional() });
export type PageQuery = z.infer<typeof PageQuery>;
