import type { ClientWaiting } from '../../../contract/client/client-queue.ts';
import { plural } from '../../words/format-number.ts';
import { formatClock, formatDate, formatDuration } from '../../words/format-time.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Why a step waits, as a sentence without its end. */
export function waitingReason({ blockedBy, gates, notBeforeMs }: ClientWaiting, nowMs: number): string {
  switch (blockedBy) {
    case 'gate':
      return gates.length === 0
        ? 'Its run is paused for a gate'
        : `Waits for ${plural(gates.length, 'gate of its own', 'gates of its own')}`;
    case 'run':
      return 'Its run is not open';
    case 'not_before':
      return notBeforeMs === null ? 'Waits for its time' : timeText(notBeforeMs, nowMs);
    case 'slot':
      return 'Waits for a free slot';
    case '':
      return 'Starts next';
    default:
      return `Waits for ${blockedBy}`;
  }
}

const timeText = (atMs: number, nowMs: number): string => {
  const inMs = atMs - nowMs;
  if (inMs <= 0) return 'Its time has come';
  return inMs < DAY_MS ? `Starts in ${formatDuration(inMs)}` : `Starts ${formatDate(atMs)}, ${formatClock(atMs)}`;
};
