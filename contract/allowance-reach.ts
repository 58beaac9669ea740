/**
 * What an allowance for the attempt covers beside the request itself: whatever the same tool does to the same files; the
 * same command in the same folder; or only the very same again. Never another command, file or place: to allow more than
 * what somebody has seen is for the rules of a profile.
 */
export type AllowanceReach = 'files' | 'command' | 'same';

export function allowanceReach({ toolKind, command, paths }: ReachingRequest): AllowanceReach {
  if (command !== null && command !== '') return 'command';
  return paths.length > 0 && KINDS_FOR_FILES.has(toolKind) ? 'files' : 'same';
}

interface ReachingRequest {
  readonly toolKind: string;
  readonly command: string | null;
  readonly paths: readonly string[];
}

const KINDS_FOR_FILES: ReadonlySet<string> = new Set(['read', 'edit', 'delete', 'move', 'search']);
