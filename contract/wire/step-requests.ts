import { z } from 'zod';

import type { Result } from '../result.ts';
import { StepState } from '../step-state.ts';
import { decodeWith, wireObject, wireText, wireTimeOrNull } from './decode.ts';

const CancelRequest = wireObject({ reason: wireText });
export type CancelRequest = z.infer<typeof CancelRequest>;
export const decodeCancelRequest = (value: unknown): Result<CancelRequest, string> => decodeWith(CancelRequest, value);

const RetryRequest = wireObject({ reason: wireText, not_before: wireTimeOrNull }).transform((wire) => ({
  reason: wire.reason,
  notBeforeMs: wire.not_before,
}));
export type RetryRequest = z.infer<typeof RetryRequest>;
export const decodeRetryRequest = (value: unknown): Result<RetryRequest, string> => decodeWith(RetryRequest, value);

const ResolveRequest = wireObject({ as: StepState, reason: z.string().min(1, 'must say why') });
export type ResolveRequest = z.infer<typeof ResolveRequest>;
export const decodeResolveRequest = (value: unknown): Result<ResolveRequest, string> =>
  decodeWith(ResolveRequest, value);
