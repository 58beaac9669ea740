import { type KeyboardEvent, useRef } from 'react';
import { isPlainKey } from '../../parts/plain-key.ts';
import { moveOf } from '../../parts/row-move.ts';
import { GateRow } from './gate-row.tsx';
import { groupRows, type InboxRow } from './inbox-rows.ts';

interface GateListProps {
  readonly label: string;
  readonly rows: readonly InboxRow[];
  readonly openId: string;
  readonly hrefOf: (gateId: string) => string;
  /** Null: nothing is to be chosen. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChoose: (gateId: string, isChosen: boolean) => void;
  readonly onOpen: (gateId: string) => void;
}

/** All rows, the oldest first. One tab stop; arrows, Home and End move within it, x chooses. */
export function GateList({ label, rows, openId, hrefOf, chosen, onChoose, onOpen }: GateListProps) {
  const list = useRef<HTMLDivElement>(null);
  const tabStop = rows.some(({ gate }) => gate.id === openId) ? openId : (rows[0]?.gate.id ?? '');

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isPlainKey(event) || !(event.target instanceof HTMLElement)) return;
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-gate-row]') ?? [])];
    const index = links.indexOf(event.target);
    const id = links[index]?.dataset['gateRow'];
    if (id === undefined) return;
    const to = moveOf(event.key, { index, count: links.length, page: 10 });
    if (to !== null) links[to]?.focus();
    else if (event.key === 'x' && chosen !== null) onChoose(id, !chosen.has(id));
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its rows are links; the list moves the focus among them
    <div ref={list} onKeyDown={onKeyDown}>
      {(chosen === null ? [{ runId: '', rows }] : groupRows(rows)).map(({ runId, rows: of }) => (
        <section key={runId} aria-label={runId === '' ? label : `${label} of run ${runId}`}>
          {runId === '' ? null : <h2 className="px-2 pt-2 text-body text-ink-2">Run {runId}</h2>}
          <ul className="border-t border-line">
            {of.map((row) => (
              <GateRow
                key={row.gate.id}
                row={row}
                href={hrefOf(row.gate.id)}
                isOpen={row.gate.id === openId}
                isTabStop={row.gate.id === tabStop}
                isChosen={chosen?.has(row.gate.id) ?? false}
                onChoose={(isChosen) => onChoose(row.gate.id, isChosen)}
                onOpen={() => onOpen(row.gate.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
