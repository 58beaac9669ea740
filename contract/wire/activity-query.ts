import type { z } from 'zod';

import { streamQuery } from './stream-query.ts';

export const ActivityQuery = streamQuery('Goes on until the agent has ended.');
export type ActivityQuery = z.infer<typeof ActivityQuery>;
