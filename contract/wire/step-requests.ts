import { z } from 'zod';

import { RESOLVABLE_STATES } from '../step-state.ts';
import { wireObject, wireReason, wireTimeOrNull } from './decode.ts';

export const CancelRequest = wireObject({ reason: wireReason }).meta({ id: 'CancelRequest' });
export type CancelRequest = z.infer<typeof CancelRequest>;

export const RetryRequest = wireObject({ reason: wireReason, not_before: wireTimeOrNull })
  .transform((wire) => ({
    reason: wire.reason,
    notBeforeMs: wire.not_before,
  }))
  .meta({ id: 'RetryRequest' });
export type RetryRequest = z.infer<typeof RetryRequest>;

export const ResolveRequest = wireObject({
  as: z.enum(RESOLVABLE_STATES),
  reason: z.string().trim().min(1, 'must say why'),
}).meta({
  id: 'ResolveRequest',
});
export type ResolveRequest = z.infer<typeof ResolveRequest>;
