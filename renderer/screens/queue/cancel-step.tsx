import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { cancelStep } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { failureOf } from '../../api/request-error.ts';
import { unwrap } from '../../api/unwrap.ts';
import { announce } from '../../app/announcements.ts';
import { useFeedStatus } from '../../live/feed-status.ts';
import { Button } from '../../parts/button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { failureWords } from '../../words/failure-words.ts';

interface CancelStepProps {
  readonly stepId: string;
  readonly title: string;
  /** Something of it runs now. */
  readonly isRunning: boolean;
}

/** Takes a step out of the queue, after it was said what that does. */
export function CancelStep({ stepId, title, isRunning }: CancelStepProps) {
  const connection = useConnection();
  const isConnected = useFeedStatus(({ status }) => status.kind === 'live');
  const [isOpen, setOpen] = useState(false);
  const cancel = useMutation({
    mutationFn: () => unwrap(cancelStep(connection, stepId, 'cancelled in the dashboard')),
    onSuccess: () => {
      setOpen(false);
      announce(`${title} is cancelled`);
    },
  });
  return (
    <>
      <Button
        className="min-h-6!"
        aria-label={`Cancel step ${title}`}
        aria-disabled={!isConnected}
        onClick={() => (isConnected ? setOpen(true) : undefined)}
      >
        Cancel step
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Cancel step ${title}?`}
        stay={isRunning ? 'Keep running' : 'Keep it waiting'}
        go="Cancel step"
        isBusy={cancel.isPending}
        onClose={() => setOpen(false)}
        onGo={() => cancel.mutate()}
      >
        <p>
          {isRunning
            ? 'What runs of it stops now; its work is saved. The step ends Cancelled.'
            : 'It has not started and will not. The step ends Cancelled.'}
        </p>
        {cancel.error === null ? null : (
          <p className="text-fail">Not cancelled. {failureWords(failureOf(cancel.error)).cause}</p>
        )}
      </ConfirmDialog>
    </>
  );
}
