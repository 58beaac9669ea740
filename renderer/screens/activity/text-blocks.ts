/** A part of what an agent says. */
export type TextBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What stood between two fences, as it is. */
  | { readonly kind: 'code'; readonly text: string; readonly language: string };

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]{0,40})[^`]*$/;

/** Paragraphs, and code between fences; everything else stays the text that it is. A fence without an end runs on. */
export function textBlocks(text: string): readonly TextBlock[] {
  const blocks: TextBlock[] = [];
  let lines: string[] = [];
  let fence: { readonly mark: string; readonly language: string } | null = null;
  const end = (): void => {
    const joined = lines.join('\n');
    lines = [];
    if (fence !== null) blocks.push({ kind: 'code', text: joined, language: fence.language });
    else if (joined.trim() !== '') blocks.push({ kind: 'paragraph', text: joined });
  };
  for (const line of text.split('\n')) {
    const [, mark = '', language = ''] = FENCE.exec(line) ?? [];
    const isEnd: boolean = fence !== null && mark.startsWith(fence.mark) && language === '';
    if (isEnd || (fence === null && mark !== '')) {
      end();
      fence = isEnd ? null : { mark, language };
    } else if (fence === null && line.trim() === '') end();
    else lines.push(line);
  }
  if (fence !== null || lines.length > 0) end();
  return blocks;
}

/** A piece of a paragraph. */
export interface InlinePiece {
  readonly kind: 'text' | 'code' | 'strong';
  readonly text: string;
}

const INLINE = /`([^`\n]{1,1000})`|\*\*([^*\n]{1,1000})\*\*/g;

export function inlinePieces(text: string): readonly InlinePiece[] {
  const pieces: InlinePiece[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) });
    const [whole, code, strong = ''] = match;
    pieces.push(code === undefined ? { kind: 'strong', text: strong } : { kind: 'code', text: code });
    at = match.index + whole.length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) });
  return pieces;
}
