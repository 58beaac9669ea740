/** The known word that a mistyped one is closest to: at most a third of its letters differ, swapped neighbours count once. */
export function nearestWord(typed: string, known: readonly string[]): string | null {
  const limit = Math.min(2, Math.floor(typed.length / 3));
  const [nearest] = known
    .map((word) => ({ word, distance: distanceOf(typed, word) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.word ?? null;
}

/** Letters that have to be changed, added, taken away or swapped to make one word of the other. */
function distanceOf(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const steps = [at(rows, row - 1, column) + 1, (current[column - 1] ?? 0) + 1];
      steps.push(at(rows, row - 1, column - 1) + (isSame ? 0 : 1));
      if (isSwapped) steps.push(at(rows, row - 2, column - 2) + 1);
      current.push(Math.min(...steps));
    }
    rows.push(current);
  }
  return at(rows, from.length, to.length);
}

const at = (rows: readonly (readonly number[])[], row: number, column: number): number => rows[row]?.[column] ?? 0;
