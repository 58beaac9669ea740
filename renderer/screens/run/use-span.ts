import { useNow } from '../../parts/use-now.ts';
import { spanOf, type TimeSpan } from './timeline.ts';

/** The time that the lines of a run are drawn in; it grows while the run lasts. */
export function useSpan(
  run: { readonly createdAtMs: number | null; readonly updatedAtMs: number | null },
  isEnded: boolean,
): TimeSpan {
  const nowMs = useNow();
  return spanOf(run, { isEnded, nowMs });
}
