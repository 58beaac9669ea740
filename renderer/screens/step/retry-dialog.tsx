import { useState } from 'react';
import { retryStep } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { unwrap } from '../../api/unwrap.ts';
import { Field, TextInput } from '../../parts/field.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { TextArea } from '../../parts/text-area.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { StepActionProps } from './step-action-props.ts';
import { sessionToResume } from './step-moves.ts';

/** Another attempt, anew or in the session that the agent had. */
export function RetryDialog({ facts: { step, result, attempts }, onClose, onDone }: StepActionProps) {
  const connection = useConnection();
  const before = sessionToResume(attempts, step.executor);
  const [reason, setReason] = useState('');
  const [isResuming, setResuming] = useState(before !== null && result.questions.length > 0);
  const [answer, setAnswer] = useState('');
  const told = answer.trim();
  const name = step.title || step.id;
  return (
    <ActionDialog
      title={`Retry ${name}?`}
      stay="Leave as it is"
      go="Retry step"
      look="ink"
      missing={null}
      done={`${name} waits for attempt ${attempts.length + 1}`}
      send={() =>
        unwrap(
          retryStep(connection, step.id, {
            reason: reason.trim(),
            isResuming,
            answer: isResuming && told !== '' ? told : undefined,
          }),
        )
      }
      onClose={onClose}
      onDone={onDone}
    >
      <p>
        Attempt {attempts.length + 1} starts with {step.executor} in a worktree of its own.{' '}
        {attempts.length === 0 ? '' : 'What was tried before stays in the record, with its work.'}
      </p>
      <div className="flex flex-col gap-2 pt-2 text-ink">
        <Field label="Reason, for the record">
          <TextInput value={reason} onChange={setReason} />
        </Field>
        {before === null ? (
          <p className="text-ink-2">No attempt of {step.executor} has left a session, so its agent starts anew.</p>
        ) : (
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4"
              checked={isResuming}
              onChange={(event) => setResuming(event.target.checked)}
            />
            Go on with the session of attempt {before.number}
          </label>
        )}
        {isResuming ? (
          <>
            {result.questions.map((question) => (
              <p key={question} className="border-l-3 border-line pl-2">
                Agent asks: “<SeenText text={question} />”
              </p>
            ))}
            <Field label="What the agent is told instead of its task. Empty: its task again">
              <TextArea rows={4} value={answer} onChange={setAnswer} />
            </Field>
          </>
        ) : null}
      </div>
    </ActionDialog>
  );
}
