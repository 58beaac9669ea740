import type { PermissionRule, PermissionRules } from '../../../contract/executor-profile.ts';
import type { PermissionRequest } from '../../../contract/permission.ts';
import { isAllowedCommand, matchesText } from './permission-pattern.ts';

/** A request of which is known where its places really are, links followed. */
export interface PlacedRequest extends Pick<PermissionRequest, 'tool' | 'toolKind' | 'command'> {
  readonly isInWorktree: boolean;
  readonly paths: readonly PlacedPath[];
}

export interface PlacedPath {
  /** Really, and relative to the worktree; null: it is not in it, or upward on its way. */
  readonly inside: string | null;
  /** Every name of the place, by its text and really; absolute, or relative to the worktree when it is below it. */
  readonly names: readonly string[];
}

export interface RuleVerdict {
  readonly effect: PermissionRule['effect'];
  /** From 1; null: no rule matches, `otherwise` counts. */
  readonly rule: number | null;
}

/** What a profile's rules say to a request. See SPEC.md. */
export function judgeByRules({ rules, otherwise }: PermissionRules, request: PlacedRequest): RuleVerdict {
  const index = rules.findIndex((rule) => matchesRule(rule, request));
  const rule = rules[index];
  return rule === undefined ? { effect: otherwise, rule: null } : { effect: rule.effect, rule: index + 1 };
}

const matchesRule = (rule: PermissionRule, request: PlacedRequest): boolean =>
  matchesTool(rule, request) && matchesCommand(rule, request) && matchesPath(rule, request);

const matchesTool = ({ tool }: PermissionRule, request: PlacedRequest): boolean =>
  tool === undefined || matchesText(tool, request.tool) || matchesText(tool, request.toolKind);

/** A command that is allowed runs in the worktree and is nothing but what the pattern shows. */
function matchesCommand({ command: pattern, effect }: PermissionRule, request: PlacedRequest): boolean {
  if (pattern === undefined) return true;
  if (request.command === null) return false;
  if (effect !== 'allow') return matchesText(pattern, request.command);
  return isCommandAlone(request) && isAllowedCommand(pattern, request.command);
}

/** A tool that writes a file runs no command, whatever else the model gave it. */
function isCommandAlone({ isInWorktree, toolKind, paths }: PlacedRequest): boolean {
  if (!isInWorktree) return false;
  if (toolKind === 'execute') return paths.every(({ inside }) => inside !== null);
  return toolKind === 'other' && paths.length === 0;
}

/** Allowing needs every path, each in the worktree; for anything else one is enough, wherever and however named it is. */
function matchesPath(
  { path: pattern, effect, command: commandPattern }: PermissionRule,
  request: PlacedRequest,
): boolean {
  if (pattern === undefined) return true;
  const { paths, command } = request;
  if (effect !== 'allow') return paths.some(({ names }) => names.some((name) => matchesText(pattern, name)));
  // A command is not bound to the paths that stand beside it.
  if (command !== null && commandPattern === undefined) return false;
  return paths.length > 0 && paths.every(({ inside }) => inside !== null && matchesText(pattern, inside));
}
