import { ok } from '../../../contract/result.ts';
import type { LogReader } from './log-reader.ts';
import { plainText } from './parse-ansi.ts';

/** The daemon finds words; which of those lines are errors is told here. */
const CANDIDATES = ['rror', 'ERR', 'FAIL', 'ailed', 'atal', 'anic', 'xception', 'Traceback'] as const;
const MOST_CANDIDATES = 1000;

const ERROR = /\b(?:error|fatal|panic(?:ked)?|exception|traceback|fail(?:ed|ure|s)?)\b/i;
const NAMED_ERROR = /[a-z](?:Error|Exception)\b|\bERR\b/;
/** `0 errors`, `no failures`, `errors: 0`: that there are none. */
const NONE =
  /\b(?:0|no|without|zero)\s+(?:\w+\s+)?(?:errors?|fail(?:ed|ures?)|exceptions?)\b|\b(?:errors?|fail(?:ed|ures?)|exceptions?)\s*[:=]\s*0\b/i;

/** Whether a line tells of an error, as tests, compilers and shells tell of them. */
export const isErrorLine = (line: string): boolean => (ERROR.test(line) || NAMED_ERROR.test(line)) && !NONE.test(line);

/** The numbers of lines that look like errors, in their order. Of very many only the first. */
export async function findErrorLines(reader: LogReader, signal: AbortSignal) {
  const numbers = new Set<number>();
  for (const candidate of CANDIDATES) {
    const found = await reader.find(candidate, { offset: 0, limit: MOST_CANDIDATES, signal });
    if (!found.ok) return found;
    for (const [index, line] of found.value.lines.entries()) {
      const number = found.value.numbers[index];
      if (number !== undefined && isErrorLine(plainText(line.slice(0, 4096)))) numbers.add(number);
    }
  }
  return ok([...numbers].toSorted((a, b) => a - b));
}

/** The next one after a line, or the one before it; round at the ends; null: there is none. */
export function errorAfter(errors: readonly number[], line: number, isBackwards: boolean): number | null {
  const next = isBackwards
    ? (errors.findLast((number) => number < line) ?? errors.at(-1))
    : (errors.find((number) => number > line) ?? errors.at(0));
  return next ?? null;
}
