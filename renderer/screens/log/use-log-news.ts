import { useEffect, useRef } from 'react';
import { announce } from '../../app/announcements.ts';
import { plural } from '../../words/format-number.ts';
import { isErrorLine } from './error-lines.ts';
import type { LogBlocks } from './log-blocks.ts';
import { plainText } from './parse-ansi.ts';

const EVERY_MS = 10_000;
/** Of more it is not looked into each. */
const MOST_READ = 500;

/** Says, at most each ten seconds, how much a log has grown: a live region of its lines would never be silent. */
export function useLogNews(blocks: LogBlocks, lines: number, isLive: boolean): void {
  const now = useRef(lines);
  useEffect(() => {
    now.current = lines;
  }, [lines]);
  useEffect(() => {
    if (!isLive) return;
    let said = now.current;
    const timer = setInterval(() => {
      if (now.current > said) announce(newsOf(blocks, said, now.current));
      said = now.current;
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [blocks, isLive]);
}

/** `204 new lines, 1 error`; without the errors when not all of the lines are here. */
export function newsOf({ lineAt }: Pick<LogBlocks, 'lineAt'>, from: number, to: number): string {
  const words = `${plural(to - from, 'new line')}`;
  if (to - from > MOST_READ) return words;
  let errors = 0;
  for (let index = from; index < to; index += 1) {
    const line = lineAt(index);
    if (line === null) return words;
    if (isErrorLine(plainText(line.text))) errors += 1;
  }
  return errors === 0 ? words : `${words}, ${plural(errors, 'error')}`;
}
