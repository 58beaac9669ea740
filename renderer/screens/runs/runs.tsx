import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { ClientRun } from '../../../contract/client/client-run.ts';
import { failureOf } from '../../api/request-error.ts';
import { useNews } from '../../live/news.ts';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { FailureNote } from '../../parts/failure-note.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { formatCount, plural } from '../../words/format-number.ts';
import { stateWords } from '../../words/states.ts';
import { AbortRuns } from './abort-runs.tsx';
import { RUN_COLUMNS, RUN_HEADINGS, RunCells } from './run-cells.tsx';
import { NO_FILTER, readRunFilter, tellRunFilter, writeRunFilter } from './run-filter.ts';
import { RunFilterBar } from './run-filter-bar.tsx';
import { useRunList } from './use-run-list.ts';

/** Every run of the instance, newest first. */
export function Runs() {
  const [search, setSearch] = useSearchParams();
  const filter = readRunFilter(search);
  const list = useRunList(filter);
  const runs = useMemo(() => list.data?.pages.flatMap((page) => page.runs) ?? [], [list.data]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [, go] = useLocation();
  const told = tellRunFilter(filter, (state) => stateWords('run', state).label);

  const toggle = (run: ClientRun | undefined): void => {
    if (run === undefined) return;
    const next = new Set(chosen);
    if (!next.delete(run.id)) next.add(run.id);
    setChosen(next);
  };

  return (
    <div className="flex h-full flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1>Runs</h1>
        <span className="text-ink-3">
          {list.hasNextPage ? `the newest ${formatCount(runs.length)}` : plural(runs.length, 'run')}
          {told === '' ? '' : ` with ${told}`}
        </span>
      </div>
      <RunFilterBar filter={filter} onChange={(next) => setSearch(writeRunFilter(next), { replace: true })} />
      <div className="flex min-h-7 items-center gap-3">
        <NewRuns runs={runs} />
        {chosen.size === 0 ? null : (
          <AbortRuns runs={runs.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(new Set())} />
        )}
      </div>
      <div className="min-h-0 grow">
        {list.error !== null && runs.length === 0 ? (
          <FailureNote failure={failureOf(list.error)} what="the list of runs" onRetry={() => void list.refetch()} />
        ) : list.isSuccess && runs.length === 0 ? (
          <NoRuns told={told} onClear={() => setSearch(writeRunFilter(NO_FILTER))} />
        ) : (
          <VirtualGrid
            label="Runs"
            columns={RUN_COLUMNS}
            headings={RUN_HEADINGS}
            unseenHeadings={1}
            count={runs.length}
            total={list.hasNextPage ? null : runs.length}
            keyOf={(index) => runs[index]?.id ?? String(index)}
            renderRow={(index) => rowOf(runs[index], chosen)}
            isSelected={(index) => chosen.has(runs[index]?.id ?? '')}
            onOpen={(index) => go(`/runs/${encodeURIComponent(runs[index]?.id ?? '')}`)}
            onKey={(key, index) => {
              if (key === 'x') toggle(runs[index]);
              else if (key === 'c') void copyText(runs[index]?.id ?? '', 'id');
              else return false;
              return true;
            }}
            onNearEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
      </div>
    </div>
  );
}

const rowOf = (run: ClientRun | undefined, chosen: ReadonlySet<string>) =>
  run === undefined ? null : <RunCells run={run} isChosen={chosen.has(run.id)} />;

/** What came since: shown when it is asked for, so that nothing moves under a pointer. */
function NewRuns({ runs }: { readonly runs: readonly ClientRun[] }) {
  const opened = useNews(({ openedRuns }) => openedRuns);
  const queries = useQueryClient();
  const known = useMemo(() => new Set(runs.map(({ id }) => id)), [runs]);
  const newer = opened.filter((id) => !known.has(id)).length;
  if (newer === 0) return null;
  return <Button onClick={() => void queries.resetQueries({ queryKey: ['runs'] })}>{formatCount(newer)} newer</Button>;
}

function NoRuns({ told, onClear }: { readonly told: string; readonly onClear: () => void }) {
  if (told !== '') {
    return (
      <EmptyNote>
        No run has {told}. <Button onClick={onClear}>Clear filter</Button>
      </EmptyNote>
    );
  }
  return (
    <EmptyNote>
      No run yet. A planner opens one: <code>codencer run start</code>, or a POST to <code>/api/v1/runs</code>.
    </EmptyNote>
  );
}
