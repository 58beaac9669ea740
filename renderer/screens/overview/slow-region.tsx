import type { ClientOverview } from '../../../contract/client/client-overview.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Region } from '../../parts/region.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { StateRow } from '../../parts/state-row.tsx';
import { useTicking } from '../../parts/use-now.ts';
import { formatDuration } from '../../words/format-time.ts';
import { slowAttempts } from './slow-attempts.ts';
import { useQuietBook } from './use-overview.ts';

const MINUTE_MS = 60_000;

/** Attempts that may be stuck: nothing of that is a failure yet. */
export function Slow({ overview }: { readonly overview: ClientOverview | undefined }) {
  const book = useQuietBook(overview);
  // A minute is fine enough for what counts tens of them.
  const minute = useTicking((nowMs) => String(Math.floor(nowMs / MINUTE_MS)));
  const slow = slowAttempts(overview?.running ?? [], book, Number(minute) * MINUTE_MS);
  return (
    <Region heading={`Slow or stuck${slow.length === 0 ? '' : ` ${slow.length}`}`}>
      {slow.length === 0 ? (
        <EmptyNote>Nothing has run for an hour or been silent for ten minutes.</EmptyNote>
      ) : (
        <RowList>
          {slow.map(({ attempt, kind, forMs }) => (
            <StateRow
              key={attempt.attemptId}
              noun="step"
              state={attempt.state}
              title={attempt.title || attempt.stepId}
              href={`/steps/${attempt.stepId}`}
              detail={kind === 'quiet' ? 'says nothing new' : 'runs for long'}
              figure={<span className="font-mono text-log">{formatDuration(forMs)}</span>}
            />
          ))}
        </RowList>
      )}
    </Region>
  );
}
