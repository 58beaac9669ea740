import { Lexer, type Token } from 'marked';

/** Pairs of these are looked for in all that follows: the time grows with the square of their number and faster. */
const MARKS = /[*_~]/g;
const MOST_IN_RUN = 400;
const MOST_IN_TEXT = 20_000;

/**
 * The parser's tokens. A paragraph with more marks than anybody writes stays as it is: a text of 150 KB could hold the
 * window up for half a minute.
 */
export function lexMarkdown(text: string): readonly Token[] {
  const lexer = new Lexer();
  lexer.blockTokens(text.replaceAll(/\r\n?/g, '\n'), lexer.tokens);
  let left = MOST_IN_TEXT;
  for (const { src, tokens } of lexer.inlineQueue) {
    const marks = src.match(MARKS)?.length ?? 0;
    if (marks > Math.min(MOST_IN_RUN, left)) {
      tokens.push({ type: 'text', raw: src, text: src, escaped: true });
      continue;
    }
    left -= marks;
    lexer.inlineTokens(src, tokens);
  }
  return lexer.tokens;
}
