import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../parts/button.tsx';
import { KeyCap, KeyCaps } from '../parts/key-caps.tsx';
import { useFocusBefore } from '../parts/use-focus-before.ts';
import { COMMANDS } from './commands.ts';
import { usePreferences } from './preferences.ts';
import { WIDGET_KEYS } from './widget-keys.ts';

/** Every key there is, by where it acts. */
export function KeysSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const focus = useFocusBefore();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-ink/40" />
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
          <div className="columns-1 gap-8 medium:columns-2">
            <Scope heading="Page">
              {COMMANDS.filter(({ keys }) => keys !== '').map(({ id, group, label, keys }) => (
                <Line key={id} label={group === 'Go to' ? `Go to ${label}` : label}>
                  <KeyCaps keys={keys} />
                </Line>
              ))}
            </Scope>
            {WIDGET_KEYS.map(({ scope, keys }) => (
              <Scope key={scope} heading={scope}>
                {keys.map((one) => (
                  <Line key={one.label} label={one.label}>
                    {one.keys.map((name) => (
                      <KeyCap key={name} name={name} />
                    ))}
                  </Line>
                ))}
              </Scope>
            ))}
          </div>
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

const Scope = ({ heading, children }: { readonly heading: string; readonly children: ReactNode }) => (
  <section className="break-inside-avoid pb-4">
    <h3 className="border-b border-line pb-1 font-semibold">{heading}</h3>
    <dl>{children}</dl>
  </section>
);

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="flex min-h-7 items-center justify-between gap-4">
    <dt className="text-ink-2">{label}</dt>
    <dd className="flex gap-1">{children}</dd>
  </div>
);
