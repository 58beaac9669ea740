import type { FileDiffMetadata } from '@pierre/diffs';

interface LineRange {
  readonly side: 'additions' | 'deletions';
  readonly start: number;
  readonly end: number;
}

/** The lines of one side of a file as far as the patch has them, without line end. */
export function quoteLines(diffs: readonly FileDiffMetadata[], { side, start, end }: LineRange): string {
  const quoted: string[] = [];
  for (const diff of diffs) {
    const lines = side === 'additions' ? diff.additionLines : diff.deletionLines;
    for (const hunk of diff.hunks) {
      const first = side === 'additions' ? hunk.additionStart : hunk.deletionStart;
      const count = side === 'additions' ? hunk.additionCount : hunk.deletionCount;
      const index = side === 'additions' ? hunk.additionLineIndex : hunk.deletionLineIndex;
      for (let line = Math.max(start, first); line <= Math.min(end, first + count - 1); line += 1) {
        quoted.push((lines[index + line - first] ?? '').replace(/\r?\n$/, ''));
      }
    }
  }
  return quoted.join('\n');
}
