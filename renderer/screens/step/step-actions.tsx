import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { keys } from '../../api/query-keys.ts';
import { Button } from '../../parts/button.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { RetryDialog } from './retry-dialog.tsx';
import { canCancel, canResolve, canRetry } from './step-moves.ts';
import type { StepFacts } from './use-step.ts';

const DIALOGS = { retry: RetryDialog, cancel: CancelDialog, resolve: ResolveDialog } as const;

interface StepActionsProps {
  readonly facts: StepFacts;
  /** The newest that is known. */
  readonly state: string;
}

/** What a person can do to a step; each says first what will happen. */
export function StepActions({ facts, state }: StepActionsProps) {
  const queries = useQueryClient();
  const [, setSearch] = useSearchParams();
  const [asked, setAsked] = useState<keyof typeof DIALOGS | null>(null);
  const Dialog = asked === null ? null : DIALOGS[asked];
  const done = (): void => {
    setAsked(null);
    // The attempt that comes of it is looked at next.
    if (asked === 'retry') {
      setSearch((old) => {
        old.delete('attempt');
        return old;
      });
    }
    void queries.invalidateQueries({ queryKey: keys.step(facts.step.id) });
  };
  return (
    <div className="flex gap-2">
      {canRetry(state) ? <Button onClick={() => setAsked('retry')}>Retry…</Button> : null}
      {canResolve(state) ? <Button onClick={() => setAsked('resolve')}>Resolve…</Button> : null}
      {canCancel(state) ? (
        <Button look="risky" onClick={() => setAsked('cancel')}>
          Cancel…
        </Button>
      ) : null}
      {Dialog === null ? null : <Dialog facts={facts} onClose={() => setAsked(null)} onDone={done} />}
    </div>
  );
}
