import type { z } from 'zod';

import type { Result } from '../../../contract/result.ts';
import { decodeWith } from '../../../contract/wire/decode.ts';

export const SMALL_BODY_BYTES = 64 * 1024;
export const TASK_BODY_BYTES = 8 * 1024 * 1024;

/** What the body of a request has to be. */
export interface BodySpec<B> {
  readonly schema: z.ZodType;
  readonly isOptional: boolean;
  readonly maxBytes: number;
  readonly decode: (value: unknown) => Result<B, string>;
}

export const neededBody = <B>(schema: z.ZodType<B>): BodySpec<B> => ({
  schema,
  isOptional: false,
  maxBytes: SMALL_BODY_BYTES,
  decode: (value) => decodeWith(schema, value),
});

/** Without one it is read as `{}`. */
export const optionalBody = <B>(schema: z.ZodType<B>): BodySpec<B> => ({ ...neededBody(schema), isOptional: true });
