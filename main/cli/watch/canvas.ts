import { stripVTControlCharacters } from 'node:util';
import type { Screen } from '../terminal.ts';
import { textWidth } from '../text-width.ts';

/** Lines that are drawn over again in one place of a terminal. */
export interface Canvas {
  readonly draw: (lines: readonly string[]) => void;
  /** Takes the lines away, so that something else can be written where they were. */
  readonly clear: () => void;
  /** Leaves the lines as they are and goes on below them. */
  readonly leave: () => void;
}

/**
 * The cursor stays visible and no mode is changed: however the program ends, there is nothing to put right again. A
 * terminal that became narrower has broken the lines anew, which is counted with its present width.
 */
export function openCanvas(write: (text: string) => void, screen: Screen): Canvas {
  let drawn: readonly string[] = [];
  const erase = (): string => {
    if (drawn.length === 0) return '';
    const columns = screen.size()?.columns ?? 80;
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, columns), 0);
    return `\r${rows > 1 ? `\x1b[${rows - 1}A` : ''}\x1b[J`;
  };
  return {
    draw(lines) {
      write(`${erase()}${lines.join('\n')}`);
      drawn = lines;
    },
    clear() {
      write(erase());
      drawn = [];
    },
    leave() {
      if (drawn.length > 0) write('\n');
      drawn = [];
    },
  };
}

const rowsOf = (line: string, columns: number): number =>
  Math.max(1, Math.ceil(textWidth(stripVTControlCharacters(line)) / columns));
