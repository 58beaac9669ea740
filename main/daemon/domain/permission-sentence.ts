import type { ToolKind } from '../../../contract/activity.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import { besideWorktree, titleBesideWorktree } from './beside-worktree.ts';
import { firstCharacters } from './first-characters.ts';
import { visibleText } from './visible-text.ts';

const MAX_SHOWN = 160;

interface Asker {
  /** What people call it. */
  readonly title: string;
  /** Paths in it are shown as they are called there. */
  readonly worktreePath: string;
}

/** What is asked, in one line: `Claude asks to run: npm test`. The whole request is shown beside it. */
export function permissionSentence({ title, worktreePath }: Asker, request: PermissionRequest): string {
  const deed = VERBS[request.toolKind] ?? `use ${oneLine(request.tool)}`;
  return `${oneLine(title)} asks to ${deed}: ${oneLine(subjectOf(request, worktreePath))}`;
}

const VERBS: Readonly<Partial<Record<ToolKind, string>>> = {
  read: 'read',
  edit: 'change',
  delete: 'delete',
  move: 'move',
  search: 'search',
  execute: 'run',
  fetch: 'fetch',
};

function subjectOf(request: PermissionRequest, worktreePath: string): string {
  const { command, toolKind, paths, tool } = request;
  if (command !== null && command !== '') return command;
  const [first, ...others] = FILES.has(toolKind) ? paths : [];
  if (first === undefined) return titleBesideWorktree(request, worktreePath) || tool;
  const path = besideWorktree(first, worktreePath);
  return others.length === 0 ? path : `${path} and ${others.length} more`;
}

const FILES: ReadonlySet<ToolKind> = new Set(['read', 'edit', 'delete', 'move']);

/** Line ends are shown as spaces, what cannot be seen by its name; what is longer is cut, and says so. */
function oneLine(text: string): string {
  const line = visibleText(text.trim().replace(/\s+/g, ' '));
  return line.length <= MAX_SHOWN ? line : `${firstCharacters(line, MAX_SHOWN)}…`;
}
