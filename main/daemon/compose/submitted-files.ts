import { relative } from 'node:path';
import type { SubmittedFile } from '../../../contract/submitted-file.ts';
import type { HarvestedFile } from '../adapters/files/harvest.ts';

const MOST_TOLD = 5;

/**
 * A sentence for each file of a submission that is not as it was written. Executors can reach the folder: a task that was
 * swapped would tell of another attempt than the one that was made.
 */
export function compareSubmitted(
  folder: string,
  submitted: readonly SubmittedFile[],
  harvested: readonly HarvestedFile[],
): readonly string[] {
  const isInside = ({ path }: HarvestedFile): boolean => path.startsWith(`${folder}/`);
  const found = new Map(harvested.filter(isInside).map((file) => [relative(folder, file.path), file.sha256]));
  const known = new Set(submitted.map(({ name }) => name));
  const problems = [
    ...submitted
      .filter(({ name, sha256 }) => found.get(name) !== sha256)
      .map(({ name }) => `${folder}/${name} was ${found.has(name) ? 'changed' : 'taken away'} after it was submitted`),
    ...[...found.keys()].filter((name) => !known.has(name)).map((name) => `${folder}/${name} was never submitted`),
  ];
  const more = problems.length - MOST_TOLD;
  return more <= 0 ? problems : [...problems.slice(0, MOST_TOLD), `and ${more} more files in ${folder}`];
}
