import type { Refusal } from '../../../contract/errors.ts';
import type { GateRecord } from '../../../contract/records.ts';
import type { Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { findGate } from './decide-gate.ts';

/** Accepts what `decideGate` accepts. */
export const getGate = (
  context: ServiceContext,
  { gateId }: { readonly gateId: string },
): Result<GateRecord, Refusal> => findGate(context, gateId);
