import { z } from 'zod';

import type { Provisioning } from '../records.ts';
import { wireList, wireListIfAny, wireObject, wireText } from './decode.ts';
import { listOrAbsent } from './encode-json.ts';

/** `log` is `[]` when empty, unlike every other inherited list. */
export const encodeProvisioning = (provisioning: Provisioning) => ({
  success: provisioning.success,
  summary: provisioning.summary,
  log: provisioning.log,
  duration_ms: provisioning.durationMs,
  environment_files: listOrAbsent(provisioning.environmentFiles),
  symlinks: listOrAbsent(provisioning.symlinks),
  post_create_hook: provisioning.postCreateHook,
  hook_status: provisioning.hookStatus,
});

export const WireProvisioning = wireObject({
  success: z.boolean(),
  summary: wireText,
  log: wireList(z.string()),
  duration_ms: z.int().nonnegative().default(0),
  environment_files: wireListIfAny(z.string()),
  symlinks: wireListIfAny(z.string()),
  post_create_hook: z.string().optional(),
  hook_status: z.enum(['success', 'failed']).optional(),
})
  .transform(
    (wire): Provisioning => ({
      success: wire.success,
      summary: wire.summary,
      log: wire.log,
      durationMs: wire.duration_ms,
      environmentFiles: wire.environment_files,
      symlinks: wire.symlinks,
      ...(wire.post_create_hook === undefined ? {} : { postCreateHook: wire.post_create_hook }),
      ...(wire.hook_status === undefined ? {} : { hookStatus: wire.hook_status }),
    }),
  )
  .meta({ id: 'Provisioning', description: 'What was put into the worktree before the executor started.' });
