import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { JsonValue } from '../../../contract/client/json-value.ts';
import { submitStepOnce } from '../../../contract/client/run-routes.ts';
import { retryStep } from '../../../contract/client/step-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrap, unwrapView } from '../../api/unwrap.ts';
import { useLiveState } from '../../live/use-live-state.ts';
import { Field } from '../../parts/field.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { TextArea } from '../../parts/text-area.tsx';
import { plural } from '../../words/format-number.ts';
import { ActionDialog } from '../step/action-dialog.tsx';
import type { StepFacts } from '../step/use-step.ts';
import { followUpTask, sessionFor, validationsOf } from './follow-up.ts';
import { type Note, useNotes, writtenNotes } from './notes.ts';
import { requestText } from './request-text.ts';
import { useTask } from './use-task.ts';

interface AskChangesProps {
  readonly facts: StepFacts;
  readonly notes: readonly Note[];
  /** The commit that holds what was looked at; empty: it is not known. */
  readonly baseRef: string;
  readonly onClose: () => void;
}

/** Shows the message, and what it becomes, before it is sent; then goes there. */
export function AskChanges({ facts, notes, baseRef, onClose }: AskChangesProps) {
  const { step, attempts } = facts;
  const connection = useConnection();
  const queries = useQueryClient();
  const [, go] = useLocation();
  const state = useLiveState(step.id, step);
  const session = sessionFor(step, state, attempts);
  const task = useTask(step.id);
  const [opening, setOpening] = useState('');
  const [isResuming, setResuming] = useState(session !== null);
  const idempotencyKey = useRef(crypto.randomUUID());
  const goesTo = useRef(step.id);
  const written = writtenNotes(notes);
  const message = requestText(written, opening);
  const resumes = isResuming && session !== null;

  const send = async (): Promise<void> => {
    if (resumes) {
      const reason = `changes asked for: ${plural(written.length, 'comment')}`;
      await unwrap(retryStep(connection, step.id, { reason, isResuming: true, answer: message }));
      return;
    }
    const asked = { task: followUpTask({ task: task.data ?? null, step, message, baseRef }) };
    const made = await unwrapView(
      submitStepOnce(connection, step.runId, { ...asked, idempotencyKey: idempotencyKey.current }),
    );
    goesTo.current = made.id;
  };
  const done = (): void => {
    useNotes.getState().removeOfStep(step.id);
    void queries.invalidateQueries({ queryKey: keys.step(step.id) });
    void queries.invalidateQueries({ queryKey: keys.run(step.runId) });
    onClose();
    go(`/steps/${encodeURIComponent(goesTo.current)}`);
  };
  return (
    <ActionDialog
      title="Ask for changes?"
      stay="Keep reading"
      go={resumes ? 'Retry with this message' : 'Submit new step'}
      look="ink"
      missing={
        message === '' ? 'Say what is wanted.' : !resumes && task.isPending ? 'Reading the task of this step.' : null
      }
      done="The message is sent"
      send={send}
      onClose={onClose}
      onDone={done}
    >
      <div className="flex flex-col gap-2 text-ink">
        <Field label="First words">
          <TextArea rows={2} value={opening} onChange={setOpening} />
        </Field>
        <MessageText message={message} />
        {session === null ? null : (
          <fieldset>
            <legend className="text-meta text-ink-3">It becomes</legend>
            <Choice isChosen={resumes} onChoose={() => setResuming(true)}>
              the next attempt of this step, in the session of attempt {session.number}
            </Choice>
            <Choice isChosen={!resumes} onChoose={() => setResuming(false)}>
              a new step of the same run
            </Choice>
          </fieldset>
        )}
        {resumes ? (
          <p>
            Attempt {attempts.length + 1} of this step starts. Its agent, {step.executor}, is told the message in the
            session that it had.
          </p>
        ) : (
          <NewStepWords facts={facts} task={task.data ?? null} baseRef={baseRef} />
        )}
      </div>
    </ActionDialog>
  );
}

function MessageText({ message }: { readonly message: string }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="text-meta text-ink-3">
        Message
      </h3>
      <pre className="max-h-60 overflow-auto border border-line bg-sunken p-2 wrap-anywhere whitespace-pre-wrap">
        {message === '' ? 'No comment was written yet.' : <SeenText text={message} />}
      </pre>
    </section>
  );
}

interface NewStepWordsProps {
  readonly facts: StepFacts;
  readonly task: JsonValue;
  readonly baseRef: string;
}

function NewStepWords({ facts: { step }, task, baseRef }: NewStepWordsProps) {
  const validations = validationsOf(task);
  return (
    <p>
      It becomes the goal of a new step of run {step.runId}, for {step.executor}, checked by{' '}
      {validations.length === 0 ? 'no validation' : validations.join(', ')} as this one.{' '}
      {baseRef === '' ? '' : `It goes on from the work that you look at, ${baseRef.slice(0, 7)}. `}
      This step stays as it is.
    </p>
  );
}

interface ChoiceProps {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

const Choice = ({ isChosen, onChoose, children }: ChoiceProps) => (
  <label className="flex min-h-6 items-center gap-2">
    <input type="radio" name="becomes" checked={isChosen} onChange={onChoose} className="size-4" />
    <span>{children}</span>
  </label>
);
