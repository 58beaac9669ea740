import { z } from 'zod';
import { EventType } from '../events.ts';
import { RunId, StepId } from '../ids.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireObject } from './decode.ts';
import { LIST_PARAMETERS, MAX_PAGE, pageSize, wholeNumber } from './query-values.ts';

/** `after`: the sequence number that the reader has already. */
export const EventQuery = wireObject({
  run: RunId.optional(),
  step: StepId.optional(),
  type: EventType.optional().meta({ description: 'Only these; with format=json.' }),
  since: LIST_PARAMETERS.since,
  until: LIST_PARAMETERS.until,
  text: LIST_PARAMETERS.text,
  after: wholeNumber.optional(),
  limit: pageSize.default(MAX_PAGE),
  format: z.enum(['sse', 'json']).default('sse'),
}).superRefine((query, context) => {
  if (query.format === 'json') return;
  for (const name of ['type', 'since', 'until', 'text'] as const) {
    if (query[name] !== undefined) {
      context.addIssue({ code: 'custom', path: [name], message: 'needs format=json: a stream is not searched' });
    }
  }
});
export type EventQuery = z.infer<typeof EventQuery>;

/** The `Last-Event-ID` of a reader that comes back. */
export const decodeLastEventId = (value: unknown): Result<number, string> => decodeWith(wholeNumber, value);
