import { z } from 'zod';

import { parseTime } from './time.ts';

/** Values that queries are made of: texts, as they stand in an address. */
export const MAX_PAGE = 1000;

export const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number)
  .meta({ type: 'integer', minimum: 0 });

export const pageSizeUpTo = (most: number) =>
  wholeNumber.pipe(z.int().min(1).max(most)).meta({ minimum: 1, maximum: most });
export const pageSize = pageSizeUpTo(MAX_PAGE);

/** What cannot be an id or a state is in no list: `null`, where a missing filter is `undefined`. */
export const orNothing = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([schema, z.string().transform(() => null)]).optional();

/** A parameter that may be there several times: whatever fits one of them is meant. */
export const several = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(schema).max(50).optional(),
  );

/** A moment, as milliseconds. A `+` in an address is a blank, and so is an offset's. */
const moment = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context): number => {
    const parsed = parseTime(text.replace(' ', '+'));
    if (parsed.ok && parsed.value !== null) return parsed.value;
    const message = parsed.ok ? 'must be set' : parsed.error;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** What every list can be narrowed by, and how it is paged through. */
export const LIST_PARAMETERS = {
  since: moment.optional().meta({ description: 'Made at this time or later.' }),
  until: moment.optional().meta({ description: 'Made before this time.' }),
  text: z.string().max(1000).optional().meta({ description: 'A text in it, in any case.' }),
  limit: pageSize.optional(),
  after: z.string().optional().meta({ description: 'Where the page before ended: follow its `Link`.' }),
} as const;

export interface ListParameters {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** Whether anything was asked for: without, inherited lists are whole. */
export const isAnyGiven = (query: object): boolean => Object.values(query).some((value) => value !== undefined);
