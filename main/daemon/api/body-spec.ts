import { z } from 'zod';

import { err, ok, type Result } from '../../../contract/result.ts';
import { decodeWith } from '../../../contract/wire/decode.ts';

export const SMALL_BODY_BYTES = 64 * 1024;
export const TASK_BODY_BYTES = 8 * 1024 * 1024;

/** What the body of a request has to be. */
export interface BodySpec<B> {
  readonly schema: z.ZodType;
  readonly isOptional: boolean;
  readonly maxBytes: number;
  /** Bytes are taken as they come. */
  readonly media: 'application/json' | 'application/octet-stream';
  readonly decode: (value: unknown) => Result<B, string>;
}

export const neededBody = <B>(schema: z.ZodType<B>): BodySpec<B> => ({
  schema,
  isOptional: false,
  maxBytes: SMALL_BODY_BYTES,
  media: 'application/json',
  decode: (value) => decodeWith(schema, value),
});

/** At least one byte. */
export const bytesBody: BodySpec<Uint8Array> = {
  schema: z.instanceof(Uint8Array),
  isOptional: false,
  maxBytes: SMALL_BODY_BYTES,
  media: 'application/octet-stream',
  decode: (value) => (value instanceof Uint8Array && value.length > 0 ? ok(value) : err('body: is empty')),
};

/** Without one it is read as `{}`. */
export const optionalBody = <B>(schema: z.ZodType<B>): BodySpec<B> => ({ ...neededBody(schema), isOptional: true });
