import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { viewOf } from '../../../contract/client/document.ts';
import { completeRun } from '../../../contract/client/run-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { failureWords } from '../../words/failure-words.ts';

/** Closes a run whose steps have all ended: nothing is stopped by it, and nothing more can be sent. */
export function CompleteRun({ runId }: { readonly runId: string }) {
  const connection = useConnection();
  const [isOpen, setOpen] = useState(false);
  const complete = useMutation({
    mutationFn: () => unwrap(viewOf(completeRun(connection, runId))),
    onSuccess: () => setOpen(false),
    onError: (error) => toast.error(`${runId} was not completed. ${failureWords(failureOf(error)).cause}`),
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>Complete run…</Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Complete run ${runId}?`}
        stay="Keep open"
        go="Complete run"
        look="ink"
        isBusy={complete.isPending}
        onClose={() => setOpen(false)}
        onGo={() => complete.mutate()}
      >
        <p>It takes no further step. Its steps, their work and their evidence stay as they are.</p>
      </ConfirmDialog>
    </>
  );
}
