import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLiveState } from '../../live/use-live-state.ts';
import { Rail } from '../../parts/rail.tsx';
import { SeenText } from '../../parts/seen-text.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { Lasting } from '../../parts/when.tsx';
import { plural } from '../../words/format-number.ts';
import { type Noun, stateWords } from '../../words/states.ts';
import type { TreeRow } from './run-tree.ts';
import { TimeLine } from './time-line.tsx';
import { stretchesOf, type TimeSpan } from './timeline.ts';

export const TREE_COLUMNS = '0.5rem minmax(0,3fr) 11rem 7rem 5rem minmax(0,3fr)';
export const TREE_HEADINGS = ['Mark', 'Step', 'State', 'Executor', 'Took', 'Time'] as const;

interface TreeCellsProps {
  readonly row: TreeRow | undefined;
  readonly span: TimeSpan;
  readonly isOpen: boolean;
  readonly onFold: (isOpen: boolean) => void;
}

/** A line of the tree beside its time. */
export function TreeCells({ row, span, isOpen, onFold }: TreeCellsProps) {
  if (row === undefined) return null;
  switch (row.kind) {
    case 'phase':
      return (
        <>
          <Cell> </Cell>
          <Title level={1} isOpen={row.steps > 0 ? isOpen : null} onFold={onFold}>
            <span className="font-semibold">{row.phase.name}</span>
          </Title>
          <Cell>{plural(row.steps, 'step')}</Cell>
        </>
      );
    case 'step':
      return <StepCells row={row} span={span} isOpen={isOpen} onFold={onFold} />;
    case 'attempt':
      return <AttemptCells row={row} span={span} />;
  }
}

type RowOf<Kind extends TreeRow['kind']> = Extract<TreeRow, { readonly kind: Kind }>;

function StepCells({ row, span, isOpen, onFold }: TreeCellsProps & { readonly row: RowOf<'step'> }) {
  const { step, attempts, gates } = row;
  const state = useLiveState(step.id, step);
  const first = attempts[0];
  const last = attempts.at(-1);
  return (
    <>
      <Marked noun="step" state={state} />
      <Title level={row.level} isOpen={attempts.length > 0 ? isOpen : null} onFold={onFold}>
        <span title={step.id}>
          <SeenText text={step.title || step.id} />
        </span>
        {attempts.length > 1 ? <span className="text-ink-3"> · {plural(attempts.length, 'attempt')}</span> : null}
      </Title>
      <Cell>
        <StateMark noun="step" state={state} />
      </Cell>
      <Cell>{step.executor}</Cell>
      <Cell>
        <Lasting fromMs={first?.startedAtMs ?? null} toMs={last?.endedAtMs ?? null} />
      </Cell>
      <TimeLine stretches={stretchesOf({ createdAtMs: step.createdAtMs, attempts, gates }, span)} />
    </>
  );
}

function AttemptCells({ row: { attempt, level }, span }: { readonly row: RowOf<'attempt'>; readonly span: TimeSpan }) {
  const state = useLiveState(attempt.id, {
    state: attempt.state,
    updatedAtMs: attempt.endedAtMs ?? attempt.startedAtMs,
  });
  return (
    <>
      <Marked noun="attempt" state={state} />
      <Title level={level} isOpen={null} onFold={() => {}}>
        attempt {attempt.number}
      </Title>
      <Cell>
        <StateMark noun="attempt" state={state} />
      </Cell>
      <Cell>{attempt.executor}</Cell>
      <Cell>
        <Lasting fromMs={attempt.startedAtMs} toMs={attempt.endedAtMs} />
      </Cell>
      <TimeLine stretches={stretchesOf({ createdAtMs: null, attempts: [attempt], gates: [] }, span)} />
    </>
  );
}

function Marked({ noun, state }: { readonly noun: Noun; readonly state: string }) {
  const { rail, tone } = stateWords(noun, state);
  return (
    <span role="gridcell" className="flex h-full">
      <Rail rail={rail} tone={tone} />
    </span>
  );
}

interface TitleProps {
  readonly level: number;
  readonly isOpen: boolean | null;
  readonly onFold: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

function Title({ level, isOpen, onFold, children }: TitleProps) {
  const Chevron = isOpen === true ? ChevronDown : ChevronRight;
  return (
    <span role="gridcell" className="flex min-w-0 items-center gap-1" style={{ paddingLeft: `${(level - 1) * 20}px` }}>
      {isOpen === null ? (
        <span className="w-6 shrink-0" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-label={isOpen ? 'Fold' : 'Unfold'}
          className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-hover"
          onClick={(event) => {
            event.stopPropagation();
            onFold(!isOpen);
          }}
        >
          <Chevron aria-hidden size={16} strokeWidth={1.62} />
        </button>
      )}
      <span className="truncate">{children}</span>
    </span>
  );
}

const Cell = ({ children }: { readonly children: ReactNode }) => (
  <span role="gridcell" className="min-w-0 truncate">
    {children}
  </span>
);
