import { StringDecoder } from 'node:string_decoder';
import type { ByteSink } from '../../process/byte-sink.ts';

export interface LineSplitter extends ByteSink {
  /** Gives what came after the last line end, if anything did. */
  readonly flush: () => void;
}

export interface LineListener {
  readonly onLine: (line: string) => void;
  /** A line was longer than anybody reads: it is left out, and this is told once for it. */
  readonly onTooLong: () => void;
}

/**
 * Longer than any event that the vendors' programs were seen to write, and short enough to hold several at a time; reading
 * one of many small parts holds up everybody for a third of a second.
 */
export const MAX_LINE_CHARACTERS = 8 * 1024 * 1024;

/** Bytes → lines of UTF-8 text, without `\n` or `\r\n`; in bounded memory. */
export function splitLines({ onLine, onTooLong }: LineListener): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  let held = 0;
  let isSkipping = false;

  const endLine = () => {
    const line = pieces.join('');
    pieces = [];
    held = 0;
    if (isSkipping) isSkipping = false;
    else onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  };
  const hold = (piece: string) => {
    if (isSkipping || piece === '') return;
    held += piece.length;
    if (held <= MAX_LINE_CHARACTERS) {
      pieces.push(piece);
      return;
    }
    pieces = [];
    held = 0;
    isSkipping = true;
    onTooLong();
  };
  const take = (text: string) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      hold(text.slice(from, end));
      endLine();
      from = end + 1;
    }
    hold(text.slice(from));
  };
  return {
    write(chunk) {
      take(decoder.write(chunk));
      return undefined;
    },
    flush() {
      take(decoder.end());
      if (held > 0) endLine();
    },
  };
}
