import type { Fields } from './read-fields.ts';

/** A token beside the daemon's own. `kind`: `window` or `client`. */
export interface ClientToken {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** It is the one that was sent with the request. */
  readonly isSelf: boolean;
  readonly createdAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

export const clientToken = (fields: Fields): ClientToken => ({
  id: fields.id('id'),
  kind: fields.text('kind'),
  name: fields.text('name'),
  scopes: fields.texts('scopes'),
  isSelf: fields.flag('self'),
  createdAtMs: fields.timeMs('created_at'),
  expiresAtMs: fields.timeMs('expires_at'),
  lastUsedAtMs: fields.timeMs('last_used_at'),
  revokedAtMs: fields.timeMs('revoked_at'),
});
