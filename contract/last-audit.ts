import { z } from 'zod';

import { EpochMs } from './time.ts';

/** What the last check of the whole record found, as it is kept. */
export const LastAudit = z.object({
  version: z.literal(1),
  atMs: EpochMs,
  ok: z.boolean(),
  events: z.int().nonnegative(),
  artifacts: z.int().nonnegative(),
  problems: z.int().nonnegative(),
});
export type LastAudit = z.infer<typeof LastAudit>;
