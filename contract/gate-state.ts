import { z } from 'zod';

export const GateKind = z.enum(['approval', 'info', 'policy', 'manual', 'permission']);
export type GateKind = z.infer<typeof GateKind>;

export const GateState = z.enum(['pending', 'approved', 'rejected', 'expired', 'withdrawn']);
export type GateState = z.infer<typeof GateState>;

export const GateAction = z.enum(['approve', 'reject']);
export type GateAction = z.infer<typeof GateAction>;

/** What a gate stands in front of. Ids beyond the subject itself are kept so that lists can be read without joins. */
export const GateSubject = z.enum(['step', 'attempt', 'run', 'instance']);
export type GateSubject = z.infer<typeof GateSubject>;

export const stateAfter = (action: GateAction): 'approved' | 'rejected' =>
  action === 'approve' ? 'approved' : 'rejected';
