import { type Refusal, refusal } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';

/** What every list can be narrowed by. Times are when a row was made: `sinceMs` is in, `untilMs` is not. */
export interface ListFilter {
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
  /** Somewhere in the texts of a row, in any case. */
  readonly text?: string | undefined;
}

export interface ListRequest extends ListFilter {
  readonly limit: number;
  /** What an earlier page gave as `next`. */
  readonly after?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export const isInTime = ({ sinceMs = 0, untilMs = Infinity }: ListFilter, atMs: number): boolean =>
  atMs >= sinceMs && atMs < untilMs;

export function holdsText({ text }: ListFilter, texts: readonly (string | null)[]): boolean {
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return texts.some((one) => one?.toLowerCase().includes(wanted) === true);
}

/** Where a page ended: no row that is added later comes before it in the list and behind it in a page. */
export interface TimeCursor<Id extends string> {
  readonly createdAtMs: number;
  readonly id: Id;
}

export const formatCursor = ({ createdAtMs, id }: TimeCursor<string>): string => `${createdAtMs}:${id}`;

/** Reads what `formatCursor` wrote; nothing was sent: undefined. */
export function parseCursor<Id extends string>(
  after: string | undefined,
  parseId: (text: string) => Id | undefined,
): Result<TimeCursor<Id> | undefined, Refusal> {
  if (after === undefined) return ok(undefined);
  const match = /^(\d{1,16}):(.+)$/.exec(after);
  const id = match?.[2] === undefined ? undefined : parseId(match[2]);
  if (match === null || id === undefined) return err(notACursor(after));
  return ok({ createdAtMs: Number(match[1]), id });
}

export const notACursor = (after: string): Refusal =>
  refusal('invalid_input', `after: ${JSON.stringify(after.slice(0, 80))} is not a cursor of this list`);
