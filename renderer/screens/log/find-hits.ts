import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ReadLines } from './log-blocks.ts';

/** The lines of a log that hold a text, as the daemon finds them: counted at once, numbered as one goes through them. */
export interface FindHits {
  readonly total: number;
  /** False: the search took too long, and so many are only those up to there. */
  readonly isComplete: boolean;
  /** Of the first ones, in their order. */
  readonly first: readonly number[];
  /** The number of the line, from 0, that holds the hit of that number, from 0. */
  readonly lineOf: (hit: number) => Promise<Result<number | null, ClientFailure>>;
}

export const PAGE_HITS = 500;

export async function findHits(find: ReadLines, signal: AbortSignal): Promise<Result<FindHits, ClientFailure>> {
  const pages = new Map<number, readonly number[]>();
  const read = async (page: number) => {
    const answer = await find({ offset: page * PAGE_HITS, limit: PAGE_HITS, signal });
    if (answer.ok) pages.set(page, answer.value.numbers);
    return answer;
  };
  const first = await read(0);
  if (!first.ok) return first;
  const { total, isComplete, numbers } = first.value;
  return ok({
    total,
    isComplete,
    first: numbers,
    lineOf: async (hit) => {
      const page = Math.floor(hit / PAGE_HITS);
      if (!pages.has(page)) {
        const answer = await read(page);
        if (!answer.ok) return answer;
      }
      return ok(pages.get(page)?.[hit % PAGE_HITS] ?? null);
    },
  });
}

/** The hit from which one goes on: the first at or after a line, as far as it is known. */
export function hitFrom({ first }: Pick<FindHits, 'first'>, line: number): number {
  const at = first.findIndex((number) => number >= line);
  return at === -1 ? 0 : at;
}
