import { memo } from 'react';
import { textPieces } from '../words/text-pieces.ts';

const MARK =
  'mx-0.5 rounded-sm border border-edge bg-canvas px-1 font-mono text-meta text-warn no-underline select-all';

/** Somebody else's text, whole and as text: what cannot be seen in it is drawn by its name. */
export const SeenText = memo(({ text }: { readonly text: string }) => {
  let at = 0;
  return textPieces(text).map((piece) => {
    at += piece.text.length;
    return piece.kind === 'text' ? (
      piece.text
    ) : (
      <mark key={at} className={MARK}>
        {piece.text}
      </mark>
    );
  });
});
