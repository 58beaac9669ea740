import { z } from 'zod';

import { StepState } from '../step-state.ts';
import { wireObject, wireText, wireTimeOrNull } from './decode.ts';

export const CancelRequest = wireObject({ reason: wireText }).meta({ id: 'CancelRequest' });
export type CancelRequest = z.infer<typeof CancelRequest>;

export const RetryRequest = wireObject({ reason: wireText, not_before: wireTimeOrNull })
  .transform((wire) => ({
    reason: wire.reason,
    notBeforeMs: wire.not_before,
  }))
  .meta({ id: 'RetryRequest' });
export type RetryRequest = z.infer<typeof RetryRequest>;

export const ResolveRequest = wireObject({ as: StepState, reason: z.string().min(1, 'must say why') }).meta({
  id: 'ResolveRequest',
});
export type ResolveRequest = z.infer<typeof ResolveRequest>;
