import { z } from 'zod';

import type { TokenRecord } from '../access-token.ts';
import { InstanceId, TokenId } from '../ids.ts';
import { wireObject } from './decode.ts';
import { formatTime, formatTimeOrNull } from './time.ts';

const Time = z.string().meta({ format: 'date-time' });

export const encodeLink = ({ url, expiresAtMs }: { readonly url: string; readonly expiresAtMs: number }) => ({
  url,
  expires_at: formatTime(expiresAtMs),
});

export const WireLink = z
  .object({
    url: z.string().meta({ description: 'To be opened in a browser; good for one window.' }),
    expires_at: Time,
  })
  .meta({ id: 'Link', description: 'An address that lets one browser into the dashboard, once.' });

export const ExchangeRequest = wireObject({
  code: z.string().min(1).max(200).meta({ description: 'What stands behind `#link=` in the address.' }),
  name: z.string().trim().max(100).default('').meta({ description: 'What the window is to be called in lists.' }),
}).meta({ id: 'LinkExchange', description: 'The code of a link, and who brings it.' });

export type ExchangeRequest = z.infer<typeof ExchangeRequest>;

export interface WindowView {
  readonly secret: string;
  readonly token: TokenRecord;
}

export const encodeWindow = ({ secret, token }: WindowView, instanceId: InstanceId) => ({
  token: secret,
  token_id: token.id,
  expires_at: formatTimeOrNull(token.expiresAtMs),
  instance_id: instanceId,
});

export const WireWindow = z
  .object({
    token: z.string().meta({ description: 'To be sent as `Authorization: Bearer …`; it is never told again.' }),
    token_id: TokenId,
    expires_at: Time.nullable().meta({ description: 'Every use moves it on.' }),
    instance_id: InstanceId,
  })
  .meta({ id: 'Window', description: 'The token of a window, in exchange for the code of a link.' });
