import { z } from 'zod';

import { TokenId } from './ids.ts';
import { EpochMs } from './time.ts';

/** `window`: a dashboard in a browser. `client`: a program that was given its own token. */
export const TokenKind = z.enum(['window', 'client']);
export type TokenKind = z.infer<typeof TokenKind>;

/** Stands for every scope that there is. */
export const EVERY_SCOPE = '*';

/** A token beside the daemon's own, by its hash: who reads the record cannot use it. */
export const TokenRecord = z.strictObject({
  id: TokenId,
  kind: TokenKind,
  /** For people: which window, which program. */
  name: z.string(),
  /** SHA-256 of the token, in hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(z.string()),
  createdAtMs: EpochMs,
  /** Null: it does not expire. */
  expiresAtMs: EpochMs.nullable(),
  /** To the minute. */
  lastUsedAtMs: EpochMs.nullable(),
  revokedAtMs: EpochMs.nullable(),
});
export type TokenRecord = z.infer<typeof TokenRecord>;
