import { z } from 'zod';

import type { SalvageRecord } from '../records.ts';
import { wireList, wireObject } from './decode.ts';

/** Where the work of an attempt is kept. */
export const encodeSalvage = (salvage: SalvageRecord) => ({
  tree_commit: salvage.treeCommit,
  ignored_commit: salvage.ignoredCommit,
  refs: salvage.refs,
  bundles: salvage.bundles.map(({ shallowFile, ...bundle }) => ({ ...bundle, shallow_file: shallowFile })),
  inner_worktrees: salvage.innerWorktrees,
  caches_listed: salvage.cachesListed,
  not_saved: salvage.notSaved,
  kept_worktree: salvage.keptWorktree,
  contains_secret: salvage.containsSecret,
});

export const salvageShape = {
  tree_commit: z.string().nullable().default(null),
  ignored_commit: z.string().nullable().default(null),
  refs: wireList(
    wireObject({ name: z.string(), commit: z.string(), holds: z.enum(['work', 'lost-commits']).default('work') }),
  ),
  bundles: wireList(
    wireObject({
      path: z.string(),
      artifact: z.string(),
      file: z.string().default(''),
      shallow_file: z.string().nullable().default(null),
      start: z.string().nullable().default(null),
    }),
  ),
  inner_worktrees: wireList(wireObject({ path: z.string(), commit: z.string() })),
  caches_listed: wireList(wireObject({ path: z.string(), bytes: z.int().nonnegative() })),
  not_saved: wireList(wireObject({ path: z.string(), reason: z.string() })),
  kept_worktree: z.string().nullable().default(null),
  contains_secret: z.boolean().default(false),
};

export const WireSalvage = wireObject(salvageShape)
  .transform(
    (wire): SalvageRecord => ({
      treeCommit: wire.tree_commit,
      ignoredCommit: wire.ignored_commit,
      refs: wire.refs,
      bundles: wire.bundles.map(({ shallow_file, ...bundle }) => ({ ...bundle, shallowFile: shallow_file })),
      innerWorktrees: wire.inner_worktrees,
      cachesListed: wire.caches_listed,
      notSaved: wire.not_saved,
      keptWorktree: wire.kept_worktree,
      containsSecret: wire.contains_secret,
    }),
  )
  .meta({ id: 'Salvage', description: 'Where the work of an attempt is kept.' });
