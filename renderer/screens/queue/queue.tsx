import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ClientQueue, ClientRunning, ClientWaiting } from '../../../contract/client/client-queue.ts';
import { getQueue } from '../../../contract/client/queue-routes.ts';
import { useConnection } from '../../api/instance-context.ts';
import { keys } from '../../api/query-keys.ts';
import { unwrapView } from '../../api/unwrap.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer, Region } from '../../parts/region.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateRow } from '../../parts/state-row.tsx';
import { useTicking } from '../../parts/use-now.ts';
import { Lasting, When } from '../../parts/when.tsx';
import { formatCount, plural } from '../../words/format-number.ts';
import { CancelStep } from './cancel-step.tsx';
import { waitingReason } from './waiting-reason.ts';

/** What runs, and what waits, why, in the order in which it starts. */
export function Queue() {
  const connection = useConnection();
  const queue = useQuery({ queryKey: keys.queue, queryFn: () => unwrapView(getQueue(connection)) });
  return (
    <>
      <h1 className="pb-2">Queue</h1>
      <Region heading="Started" aside={<Slots queue={queue.data} />}>
        <Answer asked={queue} what="what is started">
          {({ running }) =>
            running.length === 0 ? (
              <EmptyNote>Nothing holds a slot.</EmptyNote>
            ) : (
              <RowList>
                {running.map((step) => (
                  <RunningRow key={step.attemptId} step={step} />
                ))}
              </RowList>
            )
          }
        </Answer>
      </Region>
      <Region heading="Waiting" aside={<Order queue={queue.data} />}>
        <Answer asked={queue} what="what waits">
          {({ waiting, waitingTotal }) => <WaitingList waiting={waiting} total={waitingTotal} />}
        </Answer>
      </Region>
    </>
  );
}

const Slots = ({ queue }: { readonly queue: ClientQueue | undefined }) =>
  queue === undefined ? null : (
    <span className="text-ink-2">
      {formatCount(queue.slotsUsed)} of {plural(queue.slots, 'slot')} in use
    </span>
  );

const Order = ({ queue }: { readonly queue: ClientQueue | undefined }) =>
  queue === undefined || queue.waitingTotal === 0 ? null : (
    <span className="text-ink-2">{plural(queue.waitingTotal, 'step')}, in the order in which they start</span>
  );

const RunningRow = ({ step }: { readonly step: ClientRunning }) => (
  <StateRow
    noun="step"
    state={step.stepState || step.state}
    title={step.title || step.stepId}
    href={`/steps/${step.stepId}`}
    detail={<SubjectText executor={step.executor} runId={step.runId} />}
    figure={<Lasting fromMs={step.startedAtMs} toMs={null} />}
    action={<CancelStep stepId={step.stepId} title={step.title || step.stepId} isRunning />}
  />
);

const SubjectText = ({ executor, runId }: { readonly executor: string; readonly runId: string }) => (
  <>
    {executor}, run <Link href={`/runs/${runId}`}>{runId}</Link>
  </>
);

const PAGE = 100;

interface WaitingListProps {
  readonly waiting: readonly ClientWaiting[];
  /** Of all pages. */
  readonly total: number;
}

function WaitingList({ waiting, total }: WaitingListProps) {
  const [shown, setShown] = useState(PAGE);
  if (waiting.length === 0) return <EmptyNote>Nothing waits.</EmptyNote>;
  return (
    <>
      <RowList isOrdered>
        {waiting.slice(0, shown).map((step) => (
          <WaitingRow key={step.stepId} step={step} />
        ))}
      </RowList>
      {waiting.length > shown ? (
        <Button className="mt-2" onClick={() => setShown(shown + PAGE)}>
          Show {formatCount(Math.min(PAGE, waiting.length - shown))} more
        </Button>
      ) : null}
      {total > waiting.length && shown >= waiting.length ? (
        <p className="py-2 text-ink-2">And {formatCount(total - waiting.length)} behind them.</p>
      ) : null}
    </>
  );
}

function WaitingRow({ step }: { readonly step: ClientWaiting }) {
  const reason = useTicking((nowMs) => waitingReason(step, nowMs));
  const [gate] = step.gates;
  return (
    <StateRow
      noun="step"
      state="pending"
      title={step.title || step.stepId}
      href={`/steps/${step.stepId}`}
      detail={
        <>
          <span className="text-ink">
            {gate === undefined ? reason : <Link href={`/inbox/${gate}`}>{reason}</Link>}
          </span>
          {'. '}
          <SubjectText executor={step.executor} runId={step.runId} />
          {step.priority === 0 ? '' : `, priority ${step.priority}`}
          {step.attemptsUsed === 0 ? '' : `, ${plural(step.attemptsUsed, 'attempt')} used`}
          {step.statusReason === '' ? null : (
            <>
              {'. '}
              <SeenText text={step.statusReason} />
            </>
          )}
        </>
      }
      figure={<When atMs={step.enqueuedAtMs} />}
      action={<CancelStep stepId={step.stepId} title={step.title || step.stepId} isRunning={false} />}
    />
  );
}
