import { useMemo } from 'react';
import { useSearchParams } from 'wouter';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Select } from '../../parts/field.tsx';
import { stateWords } from '../../words/states.ts';
import type { StepTabProps } from '../step/step-tab-props.ts';
import { ComparedChanges } from './compared-changes.tsx';

/** What an attempt changed: since its base, or since another attempt. */
export function Changes({ facts: { step, attempts }, attempt }: StepTabProps) {
  const [search, setSearch] = useSearchParams();
  const from = attempts.find(({ number, id }) => String(number) === search.get('from') && id !== attempt?.id) ?? null;
  const subject = useMemo((): ChangeSubject | null => {
    if (attempt === null) return null;
    return from === null
      ? { stepId: step.id, attemptId: attempt.id }
      : { stepId: step.id, fromId: from.id, toId: attempt.id };
  }, [step.id, attempt, from]);
  if (attempt === null || subject === null) return <EmptyNote>Nothing was tried yet, so nothing changed.</EmptyNote>;
  const others = attempts.filter(({ id }) => id !== attempt.id);
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-2 pt-2">
        <span aria-hidden>Since</span>
        <Select
          aria-label="Compared with"
          value={from === null ? '' : String(from.number)}
          onChange={(number) =>
            setSearch((old) => {
              if (number === '') old.delete('from');
              else old.set('from', number);
              return old;
            })
          }
          options={[
            { value: '', label: `base ${attempt.baseCommit.slice(0, 7)}` },
            ...others.map(({ number, state }) => ({
              value: String(number),
              label: `attempt ${number}: ${stateWords('attempt', state).label}`,
            })),
          ]}
        />
      </div>
      <ComparedChanges
        subject={subject}
        base={from === null ? `base ${attempt.baseCommit.slice(0, 7)}` : `attempt ${from.number}`}
      />
    </div>
  );
}
