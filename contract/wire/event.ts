import { z } from 'zod';

import type { EventRecord } from '../events.ts';
import { AttemptId, GateId, RunId, StepId } from '../ids.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireIdOrNull, wireObject, wireText, wireTime } from './decode.ts';
import { formatTime } from './time.ts';

/** An event as a reader sees it. A newer daemon may tell of things that this reader has no name for. */
export type EventView = Omit<EventRecord, 'type'> & { readonly type: string };

export const encodeEvent = (event: EventView) => ({
  seq: event.seq,
  at: formatTime(event.atMs),
  type: event.type,
  actor: event.actor,
  run_id: event.runId ?? '',
  step_id: event.stepId ?? '',
  attempt_id: event.attemptId ?? '',
  gate_id: event.gateId ?? '',
  payload: event.payload,
  previous_hash: event.previousHash,
  hash: event.hash,
});

export const WireEvent = wireObject({
  seq: z.int().positive(),
  at: wireTime,
  type: z.string(),
  actor: wireText,
  run_id: wireIdOrNull(RunId),
  step_id: wireIdOrNull(StepId),
  attempt_id: wireIdOrNull(AttemptId),
  gate_id: wireIdOrNull(GateId),
  payload: z.record(z.string(), z.unknown()).default({}),
  previous_hash: wireText,
  hash: wireText,
})
  .transform(
    (wire): EventView => ({
      seq: wire.seq,
      atMs: wire.at,
      type: wire.type,
      actor: wire.actor,
      runId: wire.run_id,
      stepId: wire.step_id,
      attemptId: wire.attempt_id,
      gateId: wire.gate_id,
      payload: wire.payload,
      previousHash: wire.previous_hash,
      hash: wire.hash,
    }),
  )
  .meta({
    id: 'Event',
    description: 'An entry of the hash-chained log. Types that a reader does not know are to be skipped.',
  });

export const decodeEvent = (value: unknown): Result<EventView, string> => decodeWith(WireEvent, value);
