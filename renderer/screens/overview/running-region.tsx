import { Link } from 'wouter';
import type { ClientOverview, ClientRunningAttempt } from '../../../contract/client/client-overview.ts';
import { useLiveState } from '../../live/use-live-state.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer, type Asked, Region } from '../../parts/region.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateRow } from '../../parts/state-row.tsx';
import { Lasting } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';

import { isWorking } from './slow-attempts.ts';

/** What is worked on, and the line that it is at. */
export function Running({ overview }: { readonly overview: Asked<ClientOverview> }) {
  const count = overview.data?.running.filter(isWorking).length ?? 0;
  return (
    <Region
      heading={`Running${count === 0 ? '' : ` ${count}`}`}
      aside={<Waiting count={overview.data?.waitingCount} />}
    >
      <Answer asked={overview} what="what runs">
        {({ running }) =>
          count === 0 ? (
            <EmptyNote>Nothing runs.</EmptyNote>
          ) : (
            <RowList>
              {running.filter(isWorking).map((attempt) => (
                <RunningRow key={attempt.attemptId} attempt={attempt} />
              ))}
            </RowList>
          )
        }
      </Answer>
    </Region>
  );
}

const Waiting = ({ count = 0 }: { readonly count: number | undefined }) =>
  count === 0 ? null : (
    <Link href="/queue" className="text-accent underline">
      {plural(count, 'waits', 'wait')} in the queue
    </Link>
  );

function RunningRow({ attempt }: { readonly attempt: ClientRunningAttempt }) {
  const { stepId, title, executor, attemptNumber, lastLine, startedAtMs } = attempt;
  const state = useLiveState(stepId, { state: attempt.state || attempt.attemptState, updatedAtMs: null });
  return (
    <StateRow
      noun="step"
      state={state}
      title={title || stepId}
      href={`/steps/${stepId}`}
      detail={
        <>
          {executor}
          {attemptNumber > 1 ? `, attempt ${attemptNumber}` : ''}
          {lastLine === null || lastLine === '' ? null : (
            <span className="pl-3 font-mono text-log">
              <SeenText text={lastLine} />
            </span>
          )}
        </>
      }
      figure={<Lasting fromMs={startedAtMs} toMs={null} />}
    />
  );
}
