import { Dialog } from 'radix-ui';
import { Button } from '../parts/button.tsx';
import { useFocusBefore } from '../parts/use-focus-before.ts';
import { KeysTable } from './keys-table.tsx';
import { usePreferences } from './preferences.ts';

/** Every key there is, by where it acts. */
export function KeysSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const focus = useFocusBefore();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[6vh] left-1/2 z-50 max-h-[88vh] w-[min(60rem,94vw)] -translate-x-1/2 overflow-auto rounded-lg border border-edge bg-panel p-4 shadow-lg"
          onOpenAutoFocus={focus.onOpenAutoFocus}
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          <div className="flex items-center justify-between pb-2">
            <Dialog.Title asChild>
              <h2>Keys</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <Button>Close keys</Button>
            </Dialog.Close>
          </div>
          <LetterKeys />
          <KeysTable />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Those who dictate are heard as letters. */
function LetterKeys() {
  const { hasLetterKeys, change } = usePreferences();
  return (
    <label className="flex min-h-7 items-center gap-2 pb-2">
      <input type="checkbox" checked={hasLetterKeys} onChange={() => change({ hasLetterKeys: !hasLetterKeys })} />
      Single letters and signs act
    </label>
  );
}
