import type { TokenRecord } from '../../../contract/access-token.ts';
import type { Refusal } from '../../../contract/errors.ts';
import { TokenId } from '../../../contract/ids.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { Keyring } from './keyring.ts';
import { formatCursor, parseCursor } from './list-filters.ts';
import type { ListPage } from './scan-list.ts';

/** Newest first, what was revoked or has expired within the last month too. */
export function listTokens(
  { store }: Pick<ServiceContext, 'store'>,
  keyring: Keyring,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Result<ListPage<TokenRecord, string>, Refusal> {
  const before = parseCursor(after, (text) => TokenId.safeParse(text).data);
  if (!before.ok) return before;
  const tokens = store.tokens.list({ limit: limit + 1, before: before.value });
  const page = tokens.slice(0, limit);
  const last = page.at(-1);
  const next = tokens.length > limit && last !== undefined ? formatCursor(last) : null;
  return ok({ rows: page.map((token) => keyring.get(token.id) ?? token), next });
}
