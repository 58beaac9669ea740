import type { ReactNode } from 'react';
import type { ClientRun } from '../../../contract/client/client-run.ts';
import { useLiveState } from '../../live/use-live-state.ts';
import { Rail } from '../../parts/rail.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { When } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { stateWords } from '../../words/states.ts';
import { stepsDone } from './run-rows.ts';

export const RUN_COLUMNS = '0.5rem 11rem minmax(0,2fr) 6rem 7rem minmax(0,1fr) minmax(0,1fr) 6rem 6rem';
export const RUN_HEADINGS = [
  'Mark',
  'State',
  'Run',
  'Steps',
  'Gates',
  'Project',
  'Planner',
  'Opened',
  'Changed',
] as const;

/** A row of the list of runs. */
export function RunCells({ run, isChosen }: { readonly run: ClientRun; readonly isChosen: boolean }) {
  const state = useLiveState(run.id, run);
  const { rail, tone } = stateWords('run', state);
  return (
    <>
      <span role="gridcell" className="flex h-full">
        <Rail rail={rail} tone={tone} />
      </span>
      <Cell>
        <StateMark noun="run" state={state} />
      </Cell>
      <Cell>
        <span className="font-semibold" title={run.id}>
          {isChosen ? '✓ ' : ''}
          {run.id}
        </span>
      </Cell>
      <Cell>{stepsDone(run.stepCounts)}</Cell>
      <Cell>
        {(run.gatesPending ?? 0) === 0 ? (
          ''
        ) : (
          <span className="text-you">{plural(run.gatesPending ?? 0, 'waits', 'wait')}</span>
        )}
      </Cell>
      <Cell>{run.projectId}</Cell>
      <Cell>{run.plannerId === '' ? <span className="text-ink-3">not told</span> : run.plannerId}</Cell>
      <Cell>
        <When atMs={run.createdAtMs} />
      </Cell>
      <Cell>
        <When atMs={run.updatedAtMs} />
      </Cell>
    </>
  );
}

/** The heading of a group. */
export const ProjectCells = ({ name, count }: { readonly name: string; readonly count: number }) => (
  <span role="gridcell" className="col-span-full flex items-baseline gap-3 pl-4">
    <strong>{name}</strong>
    <span className="text-ink-3">{plural(count, 'run')}</span>
  </span>
);

const Cell = ({ children }: { readonly children: ReactNode }) => (
  <span role="gridcell" className="flex h-full min-w-0 items-center truncate">
    <span className="truncate">{children}</span>
  </span>
);
