import { z } from 'zod';

import { RESOLVABLE_STATES } from '../step-state.ts';
import { wireObject, wireReason, wireTimeOrNull } from './decode.ts';

export const CancelRequest = wireObject({ reason: wireReason }).meta({ id: 'CancelRequest' });
export type CancelRequest = z.infer<typeof CancelRequest>;

export const RetryRequest = wireObject({
  reason: wireReason,
  not_before: wireTimeOrNull,
  resume_session: z.boolean().default(false).meta({ description: 'Goes on with the session that the agent had.' }),
  answer: z
    .string()
    .trim()
    .min(1, 'must say something')
    .max(100_000)
    .optional()
    .meta({ description: 'What the agent is told in its session instead of its task. Known secrets are taken out.' }),
})
  .transform(({ reason, not_before: notBeforeMs, resume_session: isResuming, answer = null }) => ({
    reason,
    notBeforeMs,
    resume: isResuming || answer !== null ? { answer } : null,
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
