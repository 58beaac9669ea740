import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ClientGate } from '../../../contract/client/client-gate.ts';
import { useGateStep } from '../../api/gate-subject.ts';
import { usePendingGates } from '../../app/use-summary.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { joinClasses } from '../../parts/join-classes.ts';
import { Answer, Region } from '../../parts/region.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateRow } from '../../parts/state-row.tsx';
import { When } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { gateSubject, gateWords } from '../../words/gate-words.ts';
import { type Need, needsYou } from './needs-you.ts';
import { useAttentionSteps } from './use-overview.ts';

const SHOWN = 8;

/** Work that is stopped until a person acts, the oldest first. */
export function NeedsYou({ runningCount }: { readonly runningCount: number }) {
  const gates = usePendingGates();
  const steps = useAttentionSteps();
  const needs = needsYou(gates.data ?? [], steps.data ?? []);
  return (
    <Region heading={`Needs you${needs.length === 0 ? '' : ` ${needs.length}`}`} aside={<Oldest needs={needs} />}>
      <Answer asked={steps.data === undefined && steps.error !== null ? steps : gates} what="what waits for you">
        {() =>
          needs.length === 0 ? (
            <EmptyNote>
              Nothing waits for you.{runningCount === 0 ? '' : ` ${plural(runningCount, 'step runs', 'steps run')}.`}
            </EmptyNote>
          ) : (
            <>
              <RowList>
                {needs.slice(0, SHOWN).map((need, index) => (
                  <NeedRow key={need.id} need={need} isFirst={index === 0} />
                ))}
              </RowList>
              {needs.length > SHOWN ? (
                <Link href="/inbox" className="inline-block py-1.5 text-accent underline">
                  {plural(needs.length - SHOWN, 'more', 'more')} in the inbox
                </Link>
              ) : null}
            </>
          )
        }
      </Answer>
    </Region>
  );
}

const Oldest = ({ needs: [first] }: { readonly needs: readonly Need[] }) =>
  first === undefined ? null : (
    <span className="text-you">
      oldest <When atMs={first.sinceMs} />
    </span>
  );

interface NeedRowProps {
  readonly need: Need;
  /** The oldest: what to do first. */
  readonly isFirst: boolean;
}

function NeedRow({ need, isFirst }: NeedRowProps) {
  const age = (
    <span className="text-you">
      <When atMs={need.sinceMs} />
    </span>
  );
  if (need.kind === 'step') {
    const { step } = need;
    return (
      <StateRow
        noun="step"
        state={step.state}
        title={step.title || step.id}
        href={`/steps/${step.id}`}
        detail={<SeenText text={step.statusReason} />}
        figure={age}
        action={<Review href={`/steps/${step.id}`} of={step.title || step.id} isFirst={isFirst} />}
      />
    );
  }
  return <GateRow gate={need.gate} age={age} isFirst={isFirst} />;
}

interface GateRowProps {
  readonly gate: ClientGate;
  readonly age: ReactNode;
  readonly isFirst: boolean;
}

function GateRow({ gate, age, isFirst }: GateRowProps) {
  const step = useGateStep(gate);
  const { title } = gateWords(gate);
  const of = step?.title || gate.stepId;
  return (
    <StateRow
      noun="gate"
      state={gate.state}
      title={title}
      href={`/inbox/${gate.id}`}
      detail={
        <>
          {of}
          <span className="pl-3 font-mono text-log">
            <SeenText text={gateSubject(gate).slice(0, 300)} />
          </span>
        </>
      }
      figure={age}
      action={<Review href={`/inbox/${gate.id}`} of={`${title}, ${of}`} isFirst={isFirst} />}
    />
  );
}

interface ReviewProps {
  readonly href: string;
  readonly of: string;
  readonly isFirst: boolean;
}

const Review = ({ href, of, isFirst }: ReviewProps) => (
  <Link
    href={href}
    aria-label={`Review ${of}`}
    className={joinClasses(
      'inline-flex min-h-6 items-center rounded-md border px-2',
      isFirst ? 'border-you bg-amber text-on-amber' : 'border-edge bg-panel hover:bg-hover',
    )}
  >
    Review
  </Link>
);
