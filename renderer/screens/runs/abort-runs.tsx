import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import type { ClientRun } from '../../../contract/client/client-run.ts';
import { abortRun } from '../../../contract/client/run-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { Button } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { failureWords } from '../../words/failure-words.ts';
import { plural } from '../../words/format-number.ts';
import { abortableRuns } from './abortable-runs.ts';

const SHOWN = 10;

/** Aborts what was chosen, after it was said what that does. */
export function AbortRuns({ runs, onDone }: { readonly runs: readonly ClientRun[]; readonly onDone: () => void }) {
  const connection = useConnection();
  const [isOpen, setOpen] = useState(false);
  const open = abortableRuns(runs);
  useEffect(() => keepFocus, []);
  const abort = useMutation({
    mutationFn: () => Promise.all(open.map(async ({ id }) => ({ id, reply: await abortRun(connection, id) }))),
    onSuccess: (replies) => {
      for (const { id, reply } of replies) {
        if (!reply.ok) toast.error(`${id} was not aborted. ${failureWords(reply.error).cause}`);
      }
      setOpen(false);
      onDone();
    },
  });
  const what = open.length === 1 ? `run ${open[0]?.id ?? ''}` : plural(open.length, 'run');
  if (open.length === 0) return <span className="text-ink-3">{plural(runs.length, 'run')} chosen, all ended.</span>;
  return (
    <>
      <Button look="risky" onClick={() => setOpen(true)}>
        Abort {what}…
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Abort ${what}?`}
        stay="Keep running"
        go={`Abort ${what}`}
        isBusy={abort.isPending}
        onClose={() => setOpen(false)}
        onGo={() => abort.mutate()}
      >
        <p>Steps that run stop now; their work is saved. Steps that wait are cancelled.</p>
        <ul className="list-disc pl-5">
          {open.slice(0, SHOWN).map(({ id }) => (
            <li key={id}>{id}</li>
          ))}
        </ul>
        {open.length > SHOWN ? <p>And {plural(open.length - SHOWN, 'more', 'more')}.</p> : null}
      </ConfirmDialog>
    </>
  );
}

/** The button goes with what it aborts, and the focus would go with it. */
function keepFocus(): void {
  if (document.activeElement === document.body) document.getElementById('main')?.focus();
}
