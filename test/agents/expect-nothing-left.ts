import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { markedProcesses } from './marked-processes.ts';
import type { Playing } from './playing.ts';

/**
 * Of an attempt that may still be at work, or be cleaned up, or of a git command of the daemon that serves several: the
 * stage looks whether all have gone.
 */
export const isOfWork = (name: string): boolean => name.startsWith('cdn-') || name.startsWith('codencer-gateway-');

/** No process, no temporary file out of the attempt's own folder for them, and a live checkout as it was. */
export function expectNothingLeft({ folder, stage }: Playing): void {
  const { repository, head } = stage;
  expect(markedProcesses(folder)).toEqual([]);
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  expect(readdirSync(stage.temporary).filter((name) => !isOfWork(name))).toEqual([]);
  expect(repository.git('--no-optional-locks', 'status', '--porcelain')).toBe('');
  expect(repository.git('rev-parse', 'HEAD').trim()).toBe(head);
  expect(readdirSync(repository.root).toSorted()).toEqual(['.codencer', '.git', 'README.md']);
}
