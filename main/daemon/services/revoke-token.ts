import type { TokenRecord } from '../../../contract/access-token.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { TokenId } from '../../../contract/ids.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { Keyring } from './keyring.ts';

/** From now on it lets nobody in, and what is being sent to its holder ends. A second time changes nothing. */
export function revokeToken(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  keyring: Keyring,
  { tokenId, actor }: { readonly tokenId: TokenId; readonly actor: string },
): Result<TokenRecord, Refusal> {
  const known = keyring.get(tokenId) ?? store.tokens.get(tokenId);
  if (known === null) return err(refusal('not_found', `there is no token ${tokenId}`));
  if (known.revokedAtMs !== null) return ok(known);
  const revoked = { ...known, revokedAtMs: clock() };
  store.transaction(() => {
    store.tokens.save(revoked);
    const payload = { token: tokenId, kind: known.kind, name: known.name };
    store.events.append({ type: 'token.revoked', actor, payload });
  });
  keyring.remove(tokenId);
  return ok(revoked);
}
