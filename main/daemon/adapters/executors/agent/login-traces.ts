import { access } from 'node:fs/promises';
import type { Variables } from '../../process/executor-environment.ts';

/** Whether one of the variables has a value. */
export const hasVariable = (environment: Variables, names: readonly string[]): boolean =>
  names.some((name) => (environment[name] ?? '') !== '');

/** Whether somebody has put something there, whatever is in it. */
export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
