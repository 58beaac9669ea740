import { ERRORS, type ErrorCode } from '../../../../contract/errors.ts';
import type { Operation } from '../operation.ts';

/** What any operation can answer. */
export const ALWAYS_REFUSED: readonly ErrorCode[] = [
  'unauthorized',
  'forbidden_host',
  'forbidden_origin',
  'forbidden_peer',
  'internal',
  'storage_full',
  'starting',
  'rate_limited',
  'shutting_down',
];

/** Every refusal of an operation by status: its own, and those that follow from how it is declared. */
export const refusalsOf = (method: string, operation: Operation): RefusalsByStatus =>
  byStatus([
    ...(operation.refusals ?? []),
    ...ALWAYS_REFUSED.filter(isPossible(operation)),
    ...impliedBy(method, operation),
  ]);

const isPossible =
  ({ isUncounted }: Operation) =>
  (code: ErrorCode): boolean =>
    code !== 'rate_limited' || isUncounted !== true;

export type RefusalsByStatus = ReadonlyMap<number, readonly ErrorCode[]>;

export const refusalsOfAll = (): RefusalsByStatus => byStatus(ALWAYS_REFUSED);

function byStatus(codes: readonly ErrorCode[]): RefusalsByStatus {
  const grouped = Map.groupBy(new Set(codes), (code): number => ERRORS[code].status);
  return new Map([...grouped].toSorted(([one], [other]) => one - other));
}

function* impliedBy(method: string, { path, query, body, headers, by }: Operation): Generator<ErrorCode> {
  // A path with a bad escape never gets as far as its id.
  if (path !== undefined) yield* ['invalid_id', 'invalid_input'];
  if (query !== undefined || headers !== undefined) yield 'invalid_input';
  // Whoever sends a body may send one that is too large, or, from a page, of another type, also where none is read.
  if (method !== 'GET') yield* ['invalid_input', 'body_too_large'];
  if (body !== undefined) yield 'invalid_json';
  if (by === 'operators') yield 'forbidden_executor';
}
