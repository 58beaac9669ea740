import { AlertDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button, type ButtonLook } from './button.tsx';

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  /** Asks: `Abort run checkout-v2?` */
  readonly title: string;
  /** What happens then, and what stays. */
  readonly children: ReactNode;
  /** The safe way out, which has the focus: `Keep running`. */
  readonly stay: string;
  readonly go: string;
  readonly look?: ButtonLook;
  readonly isBusy?: boolean;
  /** Instead of `Sending…`: it cannot be pressed for another reason, which the text tells. */
  readonly busyText?: string;
  readonly onClose: () => void;
  readonly onGo: () => void;
}

/** Asked before what cannot be taken back, and only then. */
export function ConfirmDialog({
  isOpen,
  title,
  children,
  stay,
  go,
  look = 'risky',
  isBusy = false,
  busyText = 'Sending…',
  onClose,
  onGo,
}: ConfirmDialogProps) {
  const before = useRef<Element | null>(null);
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <AlertDialog.Content
          className="fixed top-1/4 left-1/2 z-50 max-h-2/3 w-[min(32rem,92vw)] -translate-x-1/2 overflow-auto rounded-lg border border-edge bg-panel p-4 shadow-lg"
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            // Opened by a key there is no trigger to go back to.
            event.preventDefault();
            if (before.current instanceof HTMLElement) before.current.focus();
          }}
        >
          <AlertDialog.Title asChild>
            <h2>{title}</h2>
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="py-2 text-ink-2">{children}</div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2 pt-2">
            <AlertDialog.Cancel asChild>
              <Button>{stay}</Button>
            </AlertDialog.Cancel>
            <Button look={look} aria-disabled={isBusy} onClick={isBusy ? undefined : onGo}>
              {isBusy ? busyText : go}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
