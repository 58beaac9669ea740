import type { ToolKind } from '../../../contract/activity.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import { firstCharacters } from './first-characters.ts';
import { visibleText } from './visible-text.ts';

const MAX_SHOWN = 160;

/** What is asked, in one line: `Claude asks to run: npm test`. The whole request is shown beside it. */
export function permissionSentence(agent: string, request: PermissionRequest): string {
  const name = agent.charAt(0).toUpperCase() + agent.slice(1);
  return `${name} asks to ${VERBS[request.toolKind] ?? `use ${oneLine(request.tool)}`}: ${oneLine(subjectOf(request))}`;
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

function subjectOf({ command, toolKind, paths, title, tool }: PermissionRequest): string {
  if (command !== null && command !== '') return command;
  const [path, ...others] = FILES.has(toolKind) ? paths : [];
  if (path === undefined) return title === '' ? tool : title;
  return others.length === 0 ? path : `${path} and ${others.length} more`;
}

const FILES: ReadonlySet<ToolKind> = new Set(['read', 'edit', 'delete', 'move']);

/** Line ends are shown as spaces, what cannot be seen by its name; what is longer is cut, and says so. */
function oneLine(text: string): string {
  const line = visibleText(text.trim().replace(/\s+/g, ' '));
  return line.length <= MAX_SHOWN ? line : `${firstCharacters(line, MAX_SHOWN)}…`;
}
