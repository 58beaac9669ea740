import { useLocation } from 'wouter';
import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { StateMark } from '../../parts/state-mark.tsx';
import { VirtualGrid } from '../../parts/virtual-grid.tsx';
import { keptWords } from './salvage-words.ts';

interface SalvageListProps {
  readonly entries: readonly ClientSalvageEntry[];
  readonly chosenId: string;
  /** Goes along, so that the filter stays. */
  readonly query: string;
}

export function SalvageList({ entries, chosenId, query }: SalvageListProps) {
  const [, go] = useLocation();
  const open = (index: number): void => {
    const entry = entries[index];
    if (entry === undefined) return;
    go(`/salvage/${encodeURIComponent(entry.attemptId)}${query === '' ? '' : `?${query}`}`);
  };
  return (
    <VirtualGrid
      label="Kept work"
      columns="minmax(0,1.4fr) minmax(0,1fr) 10rem minmax(0,1fr)"
      headings={['Attempt', 'Run', 'Ended', 'Kept']}
      count={entries.length}
      total={entries.length}
      keyOf={(index) => entries[index]?.attemptId ?? String(index)}
      isSelected={(index) => entries[index]?.attemptId === chosenId}
      onOpen={open}
      renderRow={(index) => {
        const entry = entries[index];
        return entry === undefined ? null : <Cells entry={entry} />;
      }}
    />
  );
}

const Cells = ({ entry }: { readonly entry: ClientSalvageEntry }) => (
  <>
    <span role="gridcell" className="truncate pl-2" title={entry.attemptId}>
      {entry.attemptId}
    </span>
    <span role="gridcell" className="truncate text-ink-2">
      {entry.runId}
    </span>
    <span role="gridcell" className="truncate">
      <StateMark noun="attempt" state={entry.attemptState} />
    </span>
    <span role="gridcell" className="truncate">
      {keptWords(entry)}
    </span>
  </>
);
