import { z } from 'zod';

import type { SalvageRecord } from '../records.ts';
import { wireList, wireObject } from './decode.ts';

/** Where the work of an attempt is kept. */
export const encodeSalvage = (salvage: SalvageRecord) => ({
  refs: salvage.refs,
  bundles: salvage.bundles,
  caches_listed: salvage.cachesListed,
  not_saved: salvage.notSaved,
  kept_worktree: salvage.keptWorktree,
  contains_secret: salvage.containsSecret,
});

export const WireSalvage = wireObject({
  refs: wireList(wireObject({ name: z.string(), commit: z.string() })),
  bundles: wireList(wireObject({ path: z.string(), artifact: z.string() })),
  caches_listed: wireList(wireObject({ path: z.string(), bytes: z.int().nonnegative() })),
  not_saved: wireList(wireObject({ path: z.string(), reason: z.string() })),
  kept_worktree: z.string().nullable().default(null),
  contains_secret: z.boolean().default(false),
}).transform(
  (wire): SalvageRecord => ({
    refs: wire.refs,
    bundles: wire.bundles,
    cachesListed: wire.caches_listed,
    notSaved: wire.not_saved,
    keptWorktree: wire.kept_worktree,
    containsSecret: wire.contains_secret,
  }),
);
