import { isAbsolute, relative } from 'node:path';

/** A path as a person who looks at the worktree would write it; outside of it as it is. */
export function pathInWorktree(worktreePath: string, path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(worktreePath, path);
  return inside === '' || inside.startsWith('..') ? path : inside;
}
