import { z } from 'zod';

import { wireObject } from './decode.ts';
import { wholeNumber } from './query-values.ts';

/** Which bytes of something that grows, and whether to wait for more; the words say what ends the waiting. */
export const streamQuery = (followed: string) =>
  wireObject({
    offset: wholeNumber.optional().meta({ description: 'In bytes; from the beginning without it.' }),
    limit: wholeNumber.optional().meta({ description: 'In bytes; not when following.' }),
    follow: z
      .enum(['0', '1', 'false', 'true'])
      .transform((word) => word === '1' || word === 'true')
      .default(false)
      .meta({ description: followed }),
  });
