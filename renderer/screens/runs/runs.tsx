import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
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
import { ProjectCells, RUN_COLUMNS, RUN_HEADINGS, RunCells } from './run-cells.tsx';
import { NO_FILTER, readRunFilter, tellRunFilter, writeRunFilter } from './run-filter.ts';
import { RunFilterBar } from './run-filter-bar.tsx';
import { type RunRow, runRows } from './run-rows.ts';
import { useRunList } from './use-run-list.ts';
import { ViewBar } from './view-bar.tsx';

/** Every run of the instance, newest first. */
export function Runs() {
  const [search, setSearch] = useSearchParams();
  const filter = readRunFilter(search);
  const list = useRunList(filter);
  const runs = useMemo(() => list.data?.pages.flatMap((page) => page.runs) ?? [], [list.data]);
  const rows = useMemo(() => runRows(runs, filter.isGrouped), [runs, filter.isGrouped]);
  const total = list.data?.pages.at(-1)?.totalCount ?? (list.hasNextPage ? null : runs.length);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [, go] = useLocation();
  const told = tellRunFilter(filter, (state) => stateWords('run', state).label);

  const toggle = (row: RunRow | undefined): void => {
    if (row?.kind !== 'run') return;
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    setChosen(next);
  };

  return (
    <div className="flex h-full flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h1>Runs</h1>
        <span className="text-ink-3">
          {total === null ? `the newest ${formatCount(runs.length)}` : plural(total, 'run')}
          {told === '' ? '' : ` with ${told}`}
        </span>
      </div>
      <RunFilterBar filter={filter} onChange={(next) => setSearch(writeRunFilter(next), { replace: true })} />
      <div className="flex min-h-7 items-center gap-3">
        <ViewBar query={writeRunFilter(filter).toString()} />
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
            count={rows.length}
            total={filter.isGrouped ? null : total}
            keyOf={(index) => rows[index]?.id ?? String(index)}
            renderRow={(index) => cellsOf(rows[index], chosen)}
            isSelected={(index) => chosen.has(rows[index]?.id ?? '')}
            onOpen={(index) => {
              const row = rows[index];
              if (row?.kind === 'run') go(`/runs/${encodeURIComponent(row.id)}`);
            }}
            onKey={(key, index) => {
              if (key === 'x') toggle(rows[index]);
              else if (key === 'c') void copyText(rows[index]?.id ?? '', 'id');
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

function cellsOf(row: RunRow | undefined, chosen: ReadonlySet<string>) {
  if (row === undefined) return null;
  return row.kind === 'project' ? <ProjectCells {...row} /> : <RunCells run={row.run} isChosen={chosen.has(row.id)} />;
}

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
      No run yet.{' '}
      <Link href="/welcome" className="text-accent">
        Start with a sample run
      </Link>
      , or open one where your planner works: <code>codencer run start</code>, or a POST to <code>/api/v1/runs</code>.
    </EmptyNote>
  );
}
