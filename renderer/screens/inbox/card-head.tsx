import type { RefObject } from 'react';
import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useGateAttempt, useGateStep } from '../../api/gate-subject.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { useTicking } from '../../parts/use-now.ts';
import { formatExact } from '../../words/format-time.ts';
import { askerOf, gateWords } from '../../words/gate-words.ts';
import { waitingText } from '../../words/waiting-text.ts';

interface CardHeadProps {
  readonly gate: ClientGate;
  readonly heading: RefObject<HTMLHeadingElement | null>;
}

/** What is asked, since when, and by whom. */
export function CardHead({ gate, heading }: CardHeadProps) {
  return (
    <header className="border-b border-line pb-2">
      <div className="flex items-baseline justify-between gap-4">
        <h2 ref={heading} tabIndex={-1} data-card="heading" className="mb-1 text-title leading-7">
          {gateWords(gate).title}
        </h2>
        {gate.state === 'pending' ? (
          <span className="whitespace-nowrap text-you">
            <WaitingSince atMs={gate.createdAtMs} />
          </span>
        ) : (
          <StateMark noun="gate" state={gate.state} />
        )}
      </div>
      <WhoAsks gate={gate} />
    </header>
  );
}

function WaitingSince({ atMs }: { readonly atMs: number | null }) {
  const text = useTicking((nowMs) => waitingText(atMs, nowMs));
  return (
    <time
      dateTime={atMs === null ? undefined : new Date(atMs).toISOString()}
      title={atMs === null ? '' : formatExact(atMs)}
    >
      {text}
    </time>
  );
}

function WhoAsks({ gate }: { readonly gate: ClientGate }) {
  const step = useGateStep(gate);
  const attempt = useGateAttempt(gate);
  const asker =
    askerOf(gate) || (gate.kind === 'policy' ? 'The policy of the task' : (attempt?.executor ?? 'Codencer'));
  return (
    <p className="text-ink-2">
      {asker}
      {attempt === undefined ? '' : `, attempt ${attempt.number} of `}
      {attempt === undefined && gate.stepId !== '' ? ', step ' : ''}
      {gate.stepId === '' ? null : (
        <Link className="text-accent underline" href={`/steps/${gate.stepId}`}>
          {step === undefined || step.title === '' ? gate.stepId : step.title}
        </Link>
      )}
      {gate.runId === '' ? null : (
        <>
          , run{' '}
          <Link className="text-accent underline" href={`/runs/${gate.runId}`}>
            {gate.runId}
          </Link>
        </>
      )}
    </p>
  );
}
