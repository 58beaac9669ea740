import type { ClientWaiting } from '../../../contract/client/client-queue.ts';
import { plural } from '../../words/format-number.ts';
import { formatClock, formatDate, formatDuration } from '../../words/format-time.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Why a step waits, in a sentence without its end. */
export function waitingReason({ blockedBy, gates, notBeforeMs }: ClientWaiting, nowMs: number): string {
  switch (blockedBy) {
    case 'gate':
      return gates.length === 0
        ? 'its run is paused for a gate'
        : plural(gates.length, 'gate of its own', 'gates of its own');
    case 'run':
      return 'its run is not open';
    case 'not_before':
      return notBeforeMs === null ? 'its time' : timeText(notBeforeMs, nowMs);
    case 'slot':
      return 'a free slot';
    case '':
      return 'starts next';
    default:
      return blockedBy;
  }
}

const timeText = (atMs: number, nowMs: number): string => {
  const inMs = atMs - nowMs;
  if (inMs <= 0) return 'its time has come';
  return inMs < DAY_MS ? `starts in ${formatDuration(inMs)}` : `starts ${formatDate(atMs)}, ${formatClock(atMs)}`;
};
