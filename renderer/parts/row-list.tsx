import type { KeyboardEvent, ReactNode } from 'react';
import { isPlainKey } from './plain-key.ts';
import { moveOf } from './row-move.ts';

interface RowListProps {
  readonly children: ReactNode;
  /** Its order says something: `ol`. */
  readonly isOrdered?: boolean;
}

const PAGE = 10;

/** A short list of rows: arrows, Home and End lead from the link of one to that of another. */
export function RowList({ children, isOrdered = false }: RowListProps) {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <List className="border-t border-line" onKeyDown={moveFocus}>
      {children}
    </List>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (!isPlainKey(event) || !(event.target instanceof HTMLElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const index = links.indexOf(event.target);
  const to = index === -1 ? null : moveOf(event.key, { index, count: links.length, page: PAGE });
  if (to === null) return;
  links[to]?.focus();
  event.preventDefault();
}
