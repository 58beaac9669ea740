import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureOf } from '../../api/request-error.ts';
import { announce } from '../../app/announcements.ts';
import type { ButtonLook } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { failureWords } from '../../words/failure-words.ts';

interface ActionDialogProps {
  /** Asks: `Retry fix-login?` */
  readonly title: string;
  readonly stay: string;
  readonly go: string;
  readonly look: ButtonLook;
  /** What happens then, and what has to be said for it. */
  readonly children: ReactNode;
  /** Why it cannot be sent as it is; null: it can. */
  readonly missing: string | null;
  readonly send: () => Promise<unknown>;
  /** Said when it was done: `fix-login waits for its next attempt`. */
  readonly done: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Says what will happen, sends it, and stays open with the cause when it is refused. */
export function ActionDialog(props: ActionDialogProps) {
  const { title, stay, go, look, children, missing, send, done, onClose, onDone } = props;
  const sending = useMutation({
    mutationFn: send,
    onSuccess: () => {
      announce(done);
      onDone();
    },
  });
  const problem = sending.isError ? failureWords(failureOf(sending.error)) : null;
  return (
    <ConfirmDialog
      isOpen
      title={title}
      stay={stay}
      go={go}
      look={look}
      isBusy={sending.isPending || missing !== null}
      {...(sending.isPending ? {} : { busyText: go })}
      onClose={onClose}
      onGo={() => sending.mutate()}
    >
      {children}
      <p role="status" className="min-h-5 pt-2 text-ink-2">
        {missing ?? ''}
      </p>
      {problem === null ? null : (
        <p role="alert" className="border-l-4 border-double border-fail px-2">
          {problem.cause} {problem.next}
        </p>
      )}
    </ConfirmDialog>
  );
}
