import type { FileDiffMetadata } from '@pierre/diffs';

/** A place that `n` and `p` go to. */
export interface Stop {
  readonly path: string;
  /** Null: the file as a whole, whose lines are folded or not here yet. */
  readonly lines: { readonly side: 'additions' | 'deletions'; readonly start: number; readonly end: number } | null;
}

/** The changes of a file, top to bottom: the lines that came, or where none did, those that went. */
export function stopsOf(path: string, diffs: readonly FileDiffMetadata[]): readonly Stop[] {
  const stops: Stop[] = [];
  for (const { hunks } of diffs) {
    for (const hunk of hunks) {
      for (const part of hunk.hunkContent) {
        if (part.type !== 'change') continue;
        const side = part.additions > 0 ? 'additions' : 'deletions';
        const start =
          side === 'additions'
            ? hunk.additionStart + part.additionLineIndex - hunk.additionLineIndex
            : hunk.deletionStart + part.deletionLineIndex - hunk.deletionLineIndex;
        const count = side === 'additions' ? part.additions : part.deletions;
        stops.push({ path, lines: { side, start, end: start + count - 1 } });
      }
    }
  }
  return stops.length === 0 ? [{ path, lines: null }] : stops;
}

const isSame = (a: Stop, b: Stop): boolean =>
  a.path === b.path && a.lines?.side === b.lines?.side && a.lines?.start === b.lines?.start;

/**
 * The stop after the present one, or before it. Without a present one: the first of the file that is looked at, or the
 * last of the one before it. Null: there is none.
 */
export function stopFrom(
  stops: readonly Stop[],
  { at, path, step }: { readonly at: Stop | null; readonly path: string; readonly step: 1 | -1 },
): Stop | null {
  const present = at === null || at.path !== path ? -1 : stops.findIndex((stop) => isSame(stop, at));
  if (present !== -1) return stops[present + step] ?? null;
  const first = stops.findIndex((stop) => stop.path === path);
  if (first === -1) return stops[0] ?? null;
  return stops[step === 1 ? first : first - 1] ?? null;
}
