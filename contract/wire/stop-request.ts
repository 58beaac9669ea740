import type { StopRequest } from '../records.ts';
import { wireIfAny, wireObject, wireText, wireTime } from './decode.ts';
import { formatTime } from './time.ts';

/** Somebody asked for the end and it is not there yet; the key is absent otherwise. */
export const encodeStopRequest = (request: StopRequest | null) =>
  request === null
    ? undefined
    : { actor: request.actor, reason: request.reason, requested_at: formatTime(request.atMs) };

export const decodeStopRequest = wireIfAny(
  wireObject({ actor: wireText, reason: wireText, requested_at: wireTime }).transform(
    (wire): StopRequest => ({ actor: wire.actor, reason: wire.reason, atMs: wire.requested_at }),
  ),
);
