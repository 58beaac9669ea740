import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { copyText } from './copy-text.ts';
import { SeenText } from './seen-text.tsx';

/** Asks before an address that somebody else wrote is opened, and shows where it leads. */
export function useOutsideLink(): { readonly ask: (target: string) => void; readonly dialog: ReactNode } {
  const [target, setTarget] = useState<string | null>(null);
  const close = (): void => setTarget(null);
  const open = (): void => {
    if (target !== null) window.open(target, '_blank', 'noopener,noreferrer');
    close();
  };
  const dialog = (
    <ConfirmDialog
      isOpen={target !== null}
      title="Open this address in a new window?"
      stay="Stay here"
      go="Open address"
      look="plain"
      onClose={close}
      onGo={open}
    >
      <p>It was printed by a program. The site sees that it is opened, and nothing of this page.</p>
      <p className="my-2 rounded-md border border-line bg-sunken p-2 font-mono text-log text-ink [overflow-wrap:anywhere]">
        <SeenText text={target ?? ''} />
      </p>
      <Button onClick={() => void copyText(target ?? '', 'address')}>Copy address</Button>
    </ConfirmDialog>
  );
  return { ask: setTarget, dialog };
}
