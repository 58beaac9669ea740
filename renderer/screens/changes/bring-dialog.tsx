import { useQuery } from '@tanstack/react-query';
import { Dialog } from 'radix-ui';
import { getSalvage } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { useFocusBefore } from '../../parts/use-focus-before.ts';

interface BringDialogProps {
  readonly attemptId: string;
  readonly onClose: () => void;
}

/** The commands that bring an attempt's work into the person's own checkout. They are shown; nobody runs them here. */
export function BringDialog({ attemptId, onClose }: BringDialogProps) {
  const connection = useConnection();
  const focus = useFocusBefore();
  const salvage = useQuery({
    queryKey: [...keys.salvage, attemptId],
    queryFn: () => unwrapView(getSalvage(connection, attemptId)),
    retry: false,
  });
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          className="fixed top-1/5 left-1/2 z-50 max-h-2/3 w-[min(44rem,92vw)] -translate-x-1/2 overflow-auto rounded-lg border border-edge bg-panel p-4 shadow-lg"
          onOpenAutoFocus={focus.onOpenAutoFocus}
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          <Dialog.Title asChild>
            <h2>Bring into my checkout</h2>
          </Dialog.Title>
          <Dialog.Description asChild>
            <p className="py-2 text-ink-2">
              Run these in your repository. This page shows them and runs none: your checkout is yours.
            </p>
          </Dialog.Description>
          <Answer asked={salvage} what="how this work is kept">
            {({ restore, notSaved }) => (
              <>
                {restore.length === 0 ? (
                  <EmptyNote>Nothing is kept of this attempt.</EmptyNote>
                ) : (
                  <ol className="flex flex-col gap-1">
                    {restore.map((command) => (
                      <li key={command} className="flex items-start gap-2">
                        <pre className="min-w-0 grow border border-line bg-sunken px-2 py-1 wrap-anywhere whitespace-pre-wrap">
                          {command}
                        </pre>
                        <Button onClick={() => void copyText(command, 'command')}>Copy</Button>
                      </li>
                    ))}
                  </ol>
                )}
                {notSaved.length === 0 ? null : (
                  <p className="pt-2">
                    Not saved, so not brought: {notSaved.map(({ path, reason }) => `${path} (${reason})`).join(', ')}.
                  </p>
                )}
              </>
            )}
          </Answer>
          <div className="flex justify-end pt-3">
            <Dialog.Close asChild>
              <Button>Close</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
