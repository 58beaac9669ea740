import { z } from 'zod';

/** Milliseconds since 1970 UTC. Inside, a time is a number; RFC 3339 exists on the wire only. */
export const EpochMs = z.number().int().nonnegative().max(8_640_000_000_000_000);
export type EpochMs = z.infer<typeof EpochMs>;
