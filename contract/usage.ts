import { z } from 'zod';

const tokens = z.number().int().nonnegative();

/**
 * What an attempt used, summed over its whole life. `basis`: `reported` by the vendor for this attempt; `estimated` by
 * the vendor's program from a price list of its own; `corrected`: computed by us, because the vendor tells totals of a
 * whole session or of single requests.
 */
export const Usage = z.strictObject({
  /** With the cached ones. */
  inputTokens: tokens,
  cachedInputTokens: tokens,
  outputTokens: tokens,
  /** US dollars; null: the vendor names no price. */
  costUsd: z.number().nonnegative().nullable(),
  basis: z.enum(['reported', 'estimated', 'corrected']),
});
export type Usage = z.infer<typeof Usage>;
