import type { Activity } from '../../../contract/activity.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';

/**
 * A line for people without the folder that every path of an attempt begins with: `Write /w/src/a.ts` is
 * `Write src/a.ts`, the worktree itself is `.`. Anything that could be another place stays as it is.
 */
export function besideWorktree(line: string, worktreePath: string): string {
  if (!line.includes(worktreePath)) return line;
  const path = `${NOT_IN_A_NAME}${worktreePath.replace(SIGNS, '\\$&')}`;
  const inside = new RegExp(`${path}/(?=[^/\\s"'\`])`, 'g');
  const itself = new RegExp(`${path}/?(?=$|[\\s"'\`),;:])`, 'g');
  return line.replace(inside, '').replace(itself, '.');
}

/** Of a pattern. */
const SIGNS = /[\\^$.*+?()[\]{}|]/g;
/** What stands before it would make another path of it. */
const NOT_IN_A_NAME = '(?<![\\w./~-])';

/** What is asked, in a line. */
export const titleBesideWorktree = (
  { title, toolKind }: Pick<PermissionRequest, 'title' | 'toolKind'>,
  worktreePath: string,
): string => (toolKind === 'execute' ? title : besideWorktree(title, worktreePath));

/** A command is shown as it is run: what it means depends on its folder. What a tool was given keeps its paths whole. */
export function showBesideWorktree(activity: Activity, worktreePath: string): Activity {
  if (activity.kind === 'file_change') return { ...activity, path: besideWorktree(activity.path, worktreePath) };
  if (activity.kind !== 'tool_call' || activity.title === undefined || activity.tool === 'execute') return activity;
  return { ...activity, title: besideWorktree(activity.title, worktreePath) };
}
