import type { ClientFailure } from '../../contract/client/client-failure.ts';
import type { Result } from '../../contract/result.ts';
import type { Session, SessionKeeper } from './session.ts';

/** How a page gets in, the first way that works. */
export type Entry =
  | { readonly kind: 'in'; readonly session: Session }
  /** Nobody was asked: there is neither link nor session. */
  | { readonly kind: 'no-link' }
  | { readonly kind: 'link-refused'; readonly failure: ClientFailure };

export interface WaysIn {
  readonly code: string | null;
  readonly keeper: SessionKeeper;
  readonly exchange: (code: string) => Promise<Result<Session, ClientFailure>>;
  readonly askOtherWindows: () => Promise<Session | null>;
}

export async function enter({ code, keeper, exchange, askOtherWindows }: WaysIn): Promise<Entry> {
  if (code !== null) {
    const exchanged = await exchange(code);
    if (exchanged.ok) return keepAndEnter(keeper, exchanged.value);
    return keeper.read() === null ? { kind: 'link-refused', failure: exchanged.error } : entryOf(keeper.read());
  }
  const kept = keeper.read();
  if (kept !== null) return entryOf(kept);
  const given = await askOtherWindows();
  return given === null ? { kind: 'no-link' } : keepAndEnter(keeper, given);
}

function keepAndEnter(keeper: SessionKeeper, session: Session): Entry {
  keeper.keep(session);
  return entryOf(session);
}

const entryOf = (session: Session | null): Entry => (session === null ? { kind: 'no-link' } : { kind: 'in', session });
