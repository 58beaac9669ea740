import { Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import { useLiveState } from '../../live/use-live-state.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Select } from '../../parts/field.tsx';
import { joinClasses } from '../../parts/join-classes.ts';
import { Answer } from '../../parts/region.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { Lasting } from '../../parts/when.tsx';
import { stateWords } from '../../words/states.ts';
import { StepActions } from './step-actions.tsx';
import { STEP_TABS } from './step-tabs.ts';
import { StepWhy } from './step-why.tsx';
import { type StepFacts, useStep } from './use-step.ts';

/** One step: why it is as it is, and the evidence for it. */
export function Step() {
  const { step: stepId = '' } = useParams();
  const facts = useStep(stepId);
  return (
    <Answer asked={facts} what={`step ${stepId}`}>
      {(data) => <StepPage facts={data} />}
    </Answer>
  );
}

function StepPage({ facts }: { readonly facts: StepFacts }) {
  const { tab = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const { attempts } = facts;
  const wanted = Number(search.get('attempt') ?? 0);
  const attempt = attempts.find(({ number }) => number === wanted) ?? attempts.at(-1) ?? null;
  const Shown = STEP_TABS.find(({ path }) => path === tab)?.screen;
  return (
    <div className="flex h-full flex-col gap-2">
      <StepHeading facts={facts} />
      <StepWhy facts={facts} attempt={attempt} />
      <div className="flex flex-wrap items-end gap-4 border-b border-line">
        <StepTabs step={facts.step.id} here={tab} query={search.toString()} />
        <span className="grow" />
        {attempts.length === 0 ? null : (
          <span className="flex items-center gap-2 pb-1">
            <span aria-hidden>Attempt</span>
            <Select
              aria-label="Attempt"
              value={String(attempt?.number ?? '')}
              onChange={(number) => setSearch({ attempt: number })}
              options={attempts.map(({ number, state }) => ({
                value: String(number),
                label: `${number} of ${attempts.length}: ${stateWords('attempt', state).label}`,
              }))}
            />
            {attempts.length < 2 ? null : (
              <Link
                href={`/steps/${encodeURIComponent(facts.step.id)}/compare?a=${pairWith(attempt, attempts)}`}
                className="text-accent underline"
              >
                Compare…
              </Link>
            )}
          </span>
        )}
      </div>
      <div className="min-h-0 grow overflow-auto">
        {Shown === undefined ? (
          <EmptyNote>The address names no part of a step. The tabs above are all there are.</EmptyNote>
        ) : (
          <Suspense fallback={null}>
            <Shown facts={facts} attempt={attempt} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

/** The one that is looked at, beside the one before it. */
function pairWith(attempt: ClientAttempt | null, attempts: readonly ClientAttempt[]): string {
  const index = Math.max(
    1,
    attempts.findIndex(({ id }) => id === attempt?.id),
  );
  return attempts
    .slice(index - 1, index + 1)
    .map(({ number }) => number)
    .join(',');
}

function StepHeading({ facts }: { readonly facts: StepFacts }) {
  const { step, attempts } = facts;
  const state = useLiveState(step.id, step);
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <h1>
        <Link href={`/runs/${encodeURIComponent(step.runId)}`} className="text-accent">
          {step.runId}
        </Link>{' '}
        / <SeenText text={step.title || step.id} />
      </h1>
      <StateMark noun="step" state={state} />
      <span className="text-ink-2">{step.executor}</span>
      <Lasting fromMs={attempts[0]?.startedAtMs ?? null} toMs={attempts.at(-1)?.endedAtMs ?? null} />
      <span className="grow" />
      <StepActions facts={facts} state={state} />
    </div>
  );
}

interface StepTabsProps {
  readonly step: string;
  readonly here: string;
  /** Goes along, so that the attempt stays chosen. */
  readonly query: string;
}

const StepTabs = ({ step, here, query }: StepTabsProps) => (
  <nav aria-label="Parts of this step">
    <ul className="flex flex-wrap gap-1">
      {STEP_TABS.map(({ path, label }) => (
        <li key={path}>
          <Link
            href={`/steps/${encodeURIComponent(step)}${path === '' ? '' : `/${path}`}${query === '' ? '' : `?${query}`}`}
            aria-current={path === here ? 'page' : undefined}
            className={joinClasses(
              'inline-flex min-h-8 items-center border-b-2 px-2.5 hover:bg-hover',
              path === here ? 'border-ink font-semibold' : 'border-transparent text-ink-2 forced-colors:border-canvas',
            )}
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
