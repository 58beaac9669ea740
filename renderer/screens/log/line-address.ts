/** The line that an address names, from 0; null: none. */
export function lineOfHash(hash: string): number | null {
  const named = /^#L(\d{1,12})$/.exec(hash)?.[1];
  return named === undefined || Number(named) === 0 ? null : Number(named) - 1;
}

export const hashOfLine = (index: number): string => `#L${index + 1}`;
