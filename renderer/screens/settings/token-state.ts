import type { ClientToken } from '../../../contract/client/client-token.ts';

export type TokenState = 'valid' | 'expired' | 'revoked';

export function tokenState(
  { revokedAtMs, expiresAtMs }: Pick<ClientToken, 'revokedAtMs' | 'expiresAtMs'>,
  nowMs: number,
): TokenState {
  if (revokedAtMs !== null) return 'revoked';
  return expiresAtMs !== null && expiresAtMs <= nowMs ? 'expired' : 'valid';
}
