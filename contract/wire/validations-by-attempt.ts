import { z } from 'zod';

import type { ValidationRecord } from '../records.ts';
import type { Result } from '../result.ts';
import { decodeWith } from './decode.ts';
import { sortedMap } from './encode-json.ts';
import { encodeValidation, WireValidation } from './validation.ts';

/** Attempt id → its validations. `{}` when there are none. */
export const encodeValidationsByAttempt = (byAttempt: ReadonlyMap<string, readonly ValidationRecord[]>) =>
  sortedMap([...byAttempt].map(([attemptId, list]) => [attemptId, list.map(encodeValidation)] as const));

export const WireValidationsByAttempt = z
  .record(z.string(), z.array(WireValidation))
  .transform((wire): ReadonlyMap<string, readonly ValidationRecord[]> => new Map(Object.entries(wire)));

export const decodeValidationsByAttempt = (
  value: unknown,
): Result<ReadonlyMap<string, readonly ValidationRecord[]>, string> => decodeWith(WireValidationsByAttempt, value);
