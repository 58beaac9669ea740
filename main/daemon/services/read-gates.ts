import type { Refusal } from '../../../contract/errors.ts';
import type { GateState } from '../../../contract/gate-state.ts';
import type { RunId, StepId } from '../../../contract/ids.ts';
import type { GateRecord } from '../../../contract/records.ts';
import type { Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { findGate } from './decide-gate.ts';

export interface GateFilter {
  readonly state?: GateState;
  readonly runId?: RunId;
  readonly stepId?: StepId;
  readonly limit?: number;
}

export const listGates = (context: ServiceContext, { limit = 100, ...filter }: GateFilter): readonly GateRecord[] =>
  context.store.gates.list({ ...filter, limit });

/** Accepts what `decideGate` accepts. */
export const getGate = (
  context: ServiceContext,
  { gateId }: { readonly gateId: string },
): Result<GateRecord, Refusal> => findGate(context, gateId);
