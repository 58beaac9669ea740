import { useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import type { ChangeSubject } from '../../../contract/client/changes-routes.ts';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { useNamedSubject } from '../../app/screen-subject.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Select } from '../../parts/field.tsx';
import { Answer } from '../../parts/region.tsx';
import { stateWords } from '../../words/states.ts';
import { ChangesActions } from '../changes/changes-actions.tsx';
import { ComparedChanges } from '../changes/compared-changes.tsx';
import { type StepFacts, useStep } from '../step/use-step.ts';
import { chosenPair } from './chosen-pair.ts';
import { PairTable } from './pair-table.tsx';

/** Two attempts of a step, side by side, and what differs between them. */
export function Compare() {
  const { step: stepId = '' } = useParams();
  const facts = useStep(stepId);
  return (
    <Answer asked={facts} what={`step ${stepId}`}>
      {(data) => <ComparePage facts={data} />}
    </Answer>
  );
}

function ComparePage({ facts }: { readonly facts: StepFacts }) {
  const { step, attempts } = facts;
  const [search, setSearch] = useSearchParams();
  const pair = chosenPair(attempts, search.get('a'));
  const name = step.title || step.id;
  useNamedSubject(`Compare attempts of ${name}`);
  const choose = (a: number, b: number): void =>
    setSearch((old) => {
      old.set('a', `${a},${b}`);
      return old;
    });
  return (
    <div className="flex h-full min-h-0 flex-col gap-2">
      <h1>
        <Link href={`/steps/${encodeURIComponent(step.id)}`} className="text-accent">
          {name}
        </Link>{' '}
        / Compare
      </h1>
      {pair === null ? (
        <EmptyNote>It takes two attempts to compare. This step has {attempts.length === 0 ? 'none' : 'one'}.</EmptyNote>
      ) : (
        <Pair facts={facts} pair={pair} onChoose={choose} />
      )}
    </div>
  );
}

interface PairProps {
  readonly facts: StepFacts;
  readonly pair: readonly [ClientAttempt, ClientAttempt];
  readonly onChoose: (a: number, b: number) => void;
}

function Pair({ facts, pair: [a, b], onChoose }: PairProps) {
  const { attempts } = facts;
  const stepId = facts.step.id;
  const subject = useMemo((): ChangeSubject => ({ stepId, fromId: a.id, toId: b.id }), [stepId, a.id, b.id]);
  return (
    <>
      <PairTable
        stepId={stepId}
        pair={[a, b]}
        heads={[
          <AttemptChoice
            key="a"
            label="First attempt"
            attempts={attempts}
            other={b}
            chosen={a}
            onChoose={(n) => onChoose(n, b.number)}
          />,
          <AttemptChoice
            key="b"
            label="Second attempt"
            attempts={attempts}
            other={a}
            chosen={b}
            onChoose={(n) => onChoose(a.number, n)}
          />,
        ]}
      />
      <ComparedChanges
        subject={subject}
        base={`attempt ${a.number}`}
        lead={
          <span className="whitespace-nowrap">
            From attempt {a.number} to attempt {b.number}
          </span>
        }
        tail={(changes, here) => (
          <ChangesActions facts={facts} attempt={b} subject={subject} changes={changes} here={here} />
        )}
      />
    </>
  );
}

interface AttemptChoiceProps {
  readonly label: string;
  readonly attempts: readonly ClientAttempt[];
  readonly other: ClientAttempt;
  readonly chosen: ClientAttempt;
  readonly onChoose: (number: number) => void;
}

const AttemptChoice = ({ label, attempts, other, chosen, onChoose }: AttemptChoiceProps) => (
  <Select
    aria-label={label}
    value={String(chosen.number)}
    onChange={(number) => onChoose(Number(number))}
    options={attempts
      .filter(({ id }) => id !== other.id)
      .map(({ number, executor, state }) => ({
        value: String(number),
        label: `${number} ${executor}: ${stateWords('attempt', state).label}`,
      }))}
  />
);
