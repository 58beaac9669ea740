import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { releaseSalvage } from '../../../contract/client/record-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrap } from '../../api/unwrap.ts';
import { announce } from '../../app/announcements.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { Field, TextInput } from '../../parts/field.tsx';
import { SeenText } from '../../parts/seen-text.tsx';

interface ReleaseDialogProps {
  readonly entry: ClientSalvageEntry;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Says what is lost for good, and has the id of the attempt typed when anything is. */
export function ReleaseDialog({ entry, isOpen, onClose }: ReleaseDialogProps) {
  const { attemptId, lostOnRelease: losses } = entry;
  const connection = useConnection();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const close = (): void => {
    setTyped('');
    release.reset();
    onClose();
  };
  const release = useMutation({
    mutationFn: () => unwrap(releaseSalvage(connection, attemptId)),
    onSuccess: async () => {
      close();
      announce(`Released ${attemptId}`);
      go('/salvage');
      await queries.invalidateQueries({ queryKey: keys.salvage });
      document.getElementById('main')?.focus();
    },
  });
  const isConfirmed = losses.length === 0 || typed.trim() === attemptId;
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={`Release ${attemptId}?`}
      stay="Keep it"
      go="Release work"
      isBusy={!isConfirmed || release.isPending}
      busyText={release.isPending ? 'Sending…' : 'Release work'}
      onClose={close}
      onGo={() => release.mutate()}
    >
      {losses.length === 0 ? (
        <p>Nothing is lost: what is kept of it are files of evidence, and they stay.</p>
      ) : (
        <>
          <p className="pb-1">This cannot be taken back. What is lost for good:</p>
          <ul className="list-disc pb-2 pl-5 wrap-anywhere text-ink">
            {losses.map((loss) => (
              <li key={loss}>
                <SeenText text={loss} />
              </li>
            ))}
          </ul>
          <p className="pb-2">Log, diff and other evidence stay with the step.</p>
          <Field label={`Type ${attemptId} to release it`}>
            <TextInput value={typed} onChange={setTyped} autoComplete="off" spellCheck={false} />
          </Field>
        </>
      )}
      {release.error === null ? null : (
        <FailureNote failure={failureOf(release.error)} effect="Nothing was released." />
      )}
    </ConfirmDialog>
  );
}
