import { z } from 'zod';

import { AttemptId } from '../ids.ts';
import { wireObject } from './decode.ts';
import { wholeNumber } from './query-values.ts';

const MAX_LINES = 10_000;

/** Which parameters mean something for which form; the others would be passed over in silence. */
const ONLY_TEXT = ['offset', 'follow'] as const;
const ONLY_JSON = ['q', 'line_offset'] as const;

export const LogQuery = wireObject({
  attempt: AttemptId.optional().meta({ description: 'The newest one when absent.' }),
  stream: z.enum(['stdout', 'stderr']).default('stdout'),
  format: z.enum(['text', 'json']).default('text'),
  offset: wholeNumber.optional().meta({ description: 'In bytes; not with format=json.' }),
  limit: wholeNumber.optional().meta({ description: `In bytes; with format=json in lines, at most ${MAX_LINES}.` }),
  follow: z
    .enum(['0', '1'])
    .optional()
    .meta({ description: 'Goes on until the attempt has ended; not with format=json.' }),
  q: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'Only lines that hold this, in this case; with format=json.' }),
  line_offset: wholeNumber
    .optional()
    .meta({ description: 'Leaves out so many lines of those that match; with format=json.' }),
}).superRefine((query, context) => {
  const misplaced = query.format === 'json' ? ONLY_TEXT : ONLY_JSON;
  const message = query.format === 'json' ? 'means nothing with format=json' : 'needs format=json';
  for (const name of misplaced) {
    if (query[name] !== undefined) context.addIssue({ code: 'custom', path: [name], message });
  }
  if (query.format === 'json' && (query.limit ?? 0) > MAX_LINES) {
    context.addIssue({ code: 'custom', path: ['limit'], message: `must be at most ${MAX_LINES} lines` });
  }
});
export type LogQuery = z.infer<typeof LogQuery>;
