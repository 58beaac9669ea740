import { z } from 'zod';

import { TokenKind, type TokenRecord } from '../access-token.ts';
import { TokenId } from '../ids.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

export interface TokenView {
  readonly token: TokenRecord;
  /** It is what the asker sends. */
  readonly isSelf: boolean;
}

/** Neither the token nor its hash. */
export const encodeToken = ({ token, isSelf }: TokenView) => ({
  id: token.id,
  kind: token.kind,
  name: token.name,
  scopes: token.scopes,
  self: isSelf,
  created_at: formatTime(token.createdAtMs),
  expires_at: formatTimeOrNull(token.expiresAtMs),
  last_used_at: formatTimeOrNull(token.lastUsedAtMs),
  revoked_at: formatTimeOrNull(token.revokedAtMs),
});

const Time = z.string().meta({ format: 'date-time' });

export const WireToken = z
  .object({
    id: TokenId,
    kind: TokenKind.meta({ description: '`window`: a dashboard in a browser. `client`: a program.' }),
    name: z.string(),
    scopes: z.array(z.string()).meta({ description: '`*` stands for all.' }),
    self: z.boolean().meta({ description: 'It is the one that was sent with this request.' }),
    created_at: Time,
    expires_at: Time.nullable().meta({ description: 'Null: it does not expire.' }),
    last_used_at: Time.nullable().meta({ description: 'To the minute.' }),
    revoked_at: Time.nullable(),
  })
  .meta({ id: 'Token', description: 'A token beside the one of the daemon; never what it is made of.' });
