import { z } from 'zod';

import type { EventRecord } from '../events.ts';
import { TraceId } from '../ids.ts';
import type { AttemptRecord } from '../records.ts';
import { encodeAttempt, WireAttempt } from './attempt.ts';
import { encodeEvent, WireEvent } from './event.ts';

/** Everything that belongs to one trace. */
export interface TraceView {
  readonly traceId: TraceId;
  readonly attempts: readonly AttemptRecord[];
  readonly events: readonly EventRecord[];
}

export const encodeTrace = ({ traceId, attempts, events }: TraceView) => ({
  trace_id: traceId,
  attempts: attempts.map(encodeAttempt),
  events: events.map(encodeEvent),
});

export const WireTrace = z
  .object({ trace_id: TraceId, attempts: z.array(WireAttempt), events: z.array(WireEvent) })
  .meta({ id: 'Trace', description: 'The attempts of a trace, and what happened to them in order.' });
