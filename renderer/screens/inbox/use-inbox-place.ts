import { useRef } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import { type InboxView, inboxAddress, readInboxView } from './inbox-address.ts';

export interface InboxPlace {
  readonly view: InboxView;
  /** Empty: none is open. */
  readonly openId: string;
  readonly address: (gateId: string) => string;
  readonly open: (gateId: string) => void;
  /** A link leads there, which is pressed by a person. */
  readonly noteOpened: (gateId: string) => void;
  /** A person opened it, and not the screen by itself. */
  readonly wasOpened: boolean;
  /** When none is open; takes no focus for that. */
  readonly openByItself: (gateId: string) => void;
}

/** Where in the inbox one is, as the address says. */
export function useInboxPlace(): InboxPlace {
  const { gate: openId = '' } = useParams<{ gate?: string }>();
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const byItself = useRef('');
  const view = readInboxView(search);
  const address = (gateId: string): string => inboxAddress(view, gateId);
  const noteOpened = (gateId: string): void => {
    if (byItself.current === gateId) byItself.current = '';
  };
  return {
    view,
    openId,
    address,
    noteOpened,
    open: (gateId) => {
      noteOpened(gateId);
      go(address(gateId));
    },
    wasOpened: byItself.current !== openId,
    openByItself: (gateId) => {
      if (openId !== '' || gateId === '') return;
      byItself.current = gateId;
      go(address(gateId), { replace: true });
    },
  };
}
