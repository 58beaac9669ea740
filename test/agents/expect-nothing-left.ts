import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { markedProcesses } from './marked-processes.ts';
import type { Playing } from './playing.ts';

/** No process, no temporary file but those that the vendor is known to leave, and a live checkout as it was. */
export function expectNothingLeft({ folder, play, stage }: Playing): void {
  const { repository, head } = stage;
  expect(markedProcesses(folder)).toEqual([]);
  const { leftovers } = play.transport;
  const left = readdirSync(join(folder, 'tmp')).filter((name) => !leftovers.some((known) => known.test(name)));
  expect(left).toEqual([]);
  expect(repository.git('--no-optional-locks', 'status', '--porcelain')).toBe('');
  expect(repository.git('rev-parse', 'HEAD').trim()).toBe(head);
  expect(readdirSync(repository.root).toSorted()).toEqual(['.codencer', '.git', 'README.md']);
}
