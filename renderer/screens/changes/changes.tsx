import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Select } from '../../parts/field.tsx';
import { stateWords } from '../../words/states.ts';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { ChangesActions } from './changes-actions.tsx';
import { ComparedChanges } from './compared-changes.tsx';

/** What an attempt changed: since its base, or since another attempt. */
export function Changes({ facts, attempt }: StepTabProps) {
  const { step, attempts } = facts;
  const [search, setSearch] = useSearchParams();
  const toId = attempt?.id;
  const from = attempts.find(({ number, id }) => String(number) === search.get('from') && id !== toId);
  const fromId = from?.id;
  const subject = useMemo(
    (): ChangeSubject =>
      fromId === undefined || toId === undefined
        ? { stepId: step.id, attemptId: toId }
        : { stepId: step.id, fromId, toId },
    [step.id, toId, fromId],
  );
  if (attempt === null) return <EmptyNote>Nothing was tried yet, so nothing changed.</EmptyNote>;
  const base = `base ${attempt.baseCommit.slice(0, 7)}`;
  const choose = (number: string): void =>
    setSearch((old) => {
      if (number === '') old.delete('from');
      else old.set('from', number);
      return old;
    });
  return (
    <div className="flex h-full flex-col">
      <ComparedChanges
        subject={subject}
        base={from === undefined ? base : `attempt ${from.number}`}
        lead={
          <span className="flex items-center gap-2">
            <span aria-hidden>Since</span>
            <Select
              aria-label="Compared with"
              value={from === undefined ? '' : String(from.number)}
              onChange={choose}
              options={[
                { value: '', label: base },
                ...attempts
                  .filter(({ id }) => id !== attempt.id)
                  .map(({ number, state }) => ({
                    value: String(number),
                    label: `attempt ${number}: ${stateWords('attempt', state).label}`,
                  })),
              ]}
            />
          </span>
        }
        tail={(changes, here) => (
          <ChangesActions facts={facts} attempt={attempt} subject={subject} changes={changes} here={here} />
        )}
      />
    </div>
  );
}
