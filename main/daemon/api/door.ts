import type { IncomingMessage } from 'node:http';

import type { ServiceContext } from '../services/context.ts';
import { createKeyring, type Keyring, type KnownToken } from '../services/keyring.ts';
import { createLinkBook, type LinkBook } from '../services/link-book.ts';

/** How somebody gets in who does not hold the token of the daemon. */
export interface Door {
  readonly links: LinkBook;
  readonly keyring: Keyring;
  /** Who has sent a token of the keyring with a request. */
  readonly holders: WeakMap<IncomingMessage, KnownToken>;
}

export const createDoor = (context: ServiceContext): Door => ({
  links: createLinkBook(context),
  keyring: createKeyring(context),
  holders: new WeakMap(),
});
