import { z } from 'zod';

import { wireObject } from './decode.ts';
import { wholeNumber } from './query-values.ts';

export const ActivityQuery = wireObject({
  offset: wholeNumber.optional().meta({ description: 'In bytes; from the beginning without it.' }),
  limit: wholeNumber.optional().meta({ description: 'In bytes; not when following.' }),
  follow: z
    .enum(['0', '1', 'false', 'true'])
    .transform((word) => word === '1' || word === 'true')
    .default(false)
    .meta({ description: 'Goes on until the agent has ended.' }),
});
export type ActivityQuery = z.infer<typeof ActivityQuery>;
