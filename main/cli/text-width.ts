/**
 * Columns that a text takes on a terminal. Marks that join the letter before them take none; East Asian wide characters
 * and emoji take two. The text has no control characters.
 */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segments(text)) width += clusterWidth(segment);
  return width;
}

/** The text in at most `columns`; what had to go is `…`. */
export function cutText(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  let kept = '';
  let left = columns - 1;
  for (const { segment } of segments(text)) {
    left -= clusterWidth(segment);
    if (left < 0) break;
    kept += segment;
  }
  return columns > 0 ? `${kept.trimEnd()}…` : '';
}

const PLAIN = /^[\x20-\x7e]*$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const segments = (text: string): Iterable<{ readonly segment: string }> => segmenter.segment(text);

/** What a reader sees as one character. The sign after U+FE0F is drawn as an emoji. */
function clusterWidth(cluster: string): number {
  if (cluster.includes('\ufe0f') || /^\p{Regional_Indicator}{2}/u.test(cluster)) return 2;
  const [first = ''] = cluster;
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(first)) return 0;
  return WIDE.test(first) ? 2 : 1;
}

/** East Asian Width W and F of Unicode 16 in coarse ranges, and what is an emoji by itself. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;
