import { useState } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { Button } from '../../parts/button.tsx';
import { copyText } from '../../parts/copy-text.ts';
import { EmptyNote } from '../../parts/empty-note.tsx';
import { Answer } from '../../parts/region.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { Lasting } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { AbortRuns } from '../runs/abort-runs.tsx';
import { isRunEnded } from '../runs/abortable-runs.ts';
import { CompleteRun } from './complete-run.tsx';
import { RunEvents } from './run-events.tsx';
import { areAllEnded, buildTree, fitsFilter, type TreeFilter, type TreeRow } from './run-tree.ts';
import { TREE_COLUMNS, TREE_HEADINGS, TreeCells } from './tree-cells.tsx';
import { type RunFacts, useRun } from './use-run.ts';
import { useSpan } from './use-span.ts';

/** One run: its steps and attempts beside the time they took. */
export function Run() {
  const { run: runId = '' } = useParams();
  const facts = useRun(runId);
  return (
    <Answer asked={facts} what={`run ${runId}`}>
      {(data) => <RunPage facts={data} />}
    </Answer>
  );
}

const FILTERS: readonly { readonly value: TreeFilter; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'needs-you', label: 'Needs you' },
  { value: 'failed', label: 'Failed' },
  { value: 'running', label: 'Running' },
];

function RunPage({ facts }: { readonly facts: RunFacts }) {
  const { run, steps } = facts;
  const [search, setSearch] = useSearchParams();
  const filter = FILTERS.find(({ value }) => value === search.get('show'))?.value ?? 'all';
  const showsEvents = search.get('tab') === 'events';
  const ended = steps.filter(({ state }) => state.startsWith('completed')).length;
  return (
    <div className="flex h-full flex-col gap-2">
      <RunHeading facts={facts} done={ended} />
      <div className="flex flex-wrap items-center gap-2" role="group" aria-label="What is shown">
        {FILTERS.map(({ value, label }) => (
          <Button
            key={value}
            look={value === filter && !showsEvents ? 'ink' : 'plain'}
            aria-pressed={value === filter && !showsEvents}
            onClick={() => setSearch(value === 'all' ? {} : { show: value })}
          >
            {label} {value === 'all' ? steps.length : steps.filter(({ state }) => fitsFilter(state, value)).length}
          </Button>
        ))}
        <Button
          look={showsEvents ? 'ink' : 'plain'}
          aria-pressed={showsEvents}
          onClick={() => setSearch({ tab: 'events' })}
        >
          Events
        </Button>
      </div>
      <div className="min-h-0 grow">
        {showsEvents ? <RunEvents runId={run.id} /> : <RunTree facts={facts} filter={filter} />}
      </div>
    </div>
  );
}

function RunHeading({ facts, done }: { readonly facts: RunFacts; readonly done: number }) {
  const { run, steps, gates } = facts;
  const waiting = gates.filter(({ state }) => state === 'pending');
  const isEnded = isRunEnded(run.state);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1>
          <Link href="/runs" className="text-accent">
            Runs
          </Link>{' '}
          / {run.id}
        </h1>
        <StateMark noun="run" state={run.state} />
        {steps.length === 0 ? null : (
          <span>
            {done} of {plural(steps.length, 'step')} completed
          </span>
        )}
        <Lasting fromMs={run.createdAtMs} toMs={isEnded ? run.updatedAtMs : null} />
        <span className="grow" />
        {isEnded ? null : (
          <Link
            href={`/runs/${encodeURIComponent(run.id)}/submit`}
            className="inline-flex min-h-7 items-center rounded-md border border-edge bg-panel px-2.5 text-ink hover:bg-hover"
          >
            Submit a step
          </Link>
        )}
        {!isEnded && areAllEnded(steps) ? <CompleteRun runId={run.id} /> : null}
        {isEnded ? null : <AbortRuns runs={[run]} onDone={() => {}} />}
      </div>
      {waiting.length === 0 ? null : (
        <p className="border-l-8 border-you bg-panel px-3 py-1.5">
          {plural(waiting.length, 'gate waits', 'gates wait')}: {waiting[0]?.description}{' '}
          <Link href={`/inbox/${waiting[0]?.id ?? ''}`} className="font-semibold text-accent">
            Review
          </Link>
        </p>
      )}
    </>
  );
}

function RunTree({ facts, filter }: { readonly facts: RunFacts; readonly filter: TreeFilter }) {
  const { run } = facts;
  const [, go] = useLocation();
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(facts.phases.map(({ id }) => id)));
  const span = useSpan(run, isRunEnded(run.state));
  const rows = buildTree(facts, { filter, open });
  const fold = (row: TreeRow | undefined, isOpen: boolean): void => {
    if (row === undefined || placeOf(row, open).isOpen === null) return;
    const next = new Set(open);
    if (isOpen) next.add(row.id);
    else next.delete(row.id);
    setOpen(next);
  };
  if (facts.steps.length === 0) return <EmptyNote>No step sent yet.</EmptyNote>;
  if (rows.length === 0) return <EmptyNote>No step of this run is like that.</EmptyNote>;
  return (
    <VirtualGrid
      label={`Steps of ${run.id}`}
      columns={TREE_COLUMNS}
      headings={TREE_HEADINGS}
      unseenHeadings={1}
      count={rows.length}
      total={rows.length}
      keyOf={(index) => rows[index]?.id ?? String(index)}
      placeOf={(index) => placeOf(rows[index], open)}
      renderRow={(index) => (
        <TreeCells
          row={rows[index]}
          span={span}
          isOpen={open.has(rows[index]?.id ?? '')}
          onFold={(to) => fold(rows[index], to)}
        />
      )}
      onOpen={(index) => {
        const row = rows[index];
        if (row === undefined) return;
        if (row.kind === 'phase') fold(row, !open.has(row.id));
        else go(addressOf(row));
      }}
      onKey={(key, index) => {
        if (key === 'ArrowRight') fold(rows[index], true);
        else if (key === 'ArrowLeft') fold(rows[index], false);
        else if (key === 'c') void copyText(rows[index]?.id ?? '', 'id');
        else return false;
        return true;
      }}
    />
  );
}

const addressOf = (row: Exclude<TreeRow, { readonly kind: 'phase' }>): string =>
  row.kind === 'step'
    ? `/steps/${encodeURIComponent(row.step.id)}`
    : `/steps/${encodeURIComponent(row.attempt.stepId)}?attempt=${row.attempt.number}`;

function placeOf(row: TreeRow | undefined, open: ReadonlySet<string>) {
  if (row === undefined) return { level: 1, isOpen: null };
  const hasMore = row.kind === 'phase' ? row.steps > 0 : row.kind === 'step' && row.attempts.length > 0;
  return { level: row.level, isOpen: hasMore ? open.has(row.id) : null };
}
