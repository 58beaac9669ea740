export interface RowPlace {
  readonly index: number;
  readonly count: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

/** Where a key leads in a list; null: it is none that moves. */
export function moveOf(key: string, { index, count, page }: RowPlace): number | null {
  const within = (target: number): number => Math.max(0, Math.min(count - 1, target));
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return within(index + 1);
    case 'ArrowUp':
    case 'k':
      return within(index - 1);
    case 'PageDown':
      return within(index + Math.max(1, page));
    case 'PageUp':
      return within(index - Math.max(1, page));
    case 'Home':
      return 0;
    case 'End':
      return within(count - 1);
    default:
      return null;
  }
}
