import { z } from 'zod';
import type { PermissionAnswer, PermissionRequest } from '../../../../../contract/permission.ts';
import type { Change } from './app-server-message.ts';
import { pathInWorktree } from './worktree-path.ts';

const text = z.string().nullish();

/** What Codex asks to be allowed, as far as it can be answered with yes or no. */
export const ApprovalRequest = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('item/commandExecution/requestApproval'),
    params: z.looseObject({ itemId: z.string(), command: text, cwd: text, reason: text }),
  }),
  z.object({
    method: z.literal('item/fileChange/requestApproval'),
    params: z.looseObject({ itemId: z.string(), reason: text, grantRoot: text }),
  }),
  z.object({
    method: z.literal('item/permissions/requestApproval'),
    params: z.looseObject({ itemId: z.string(), cwd: text, reason: text, permissions: z.unknown().optional() }),
  }),
]);
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

export interface Surroundings {
  readonly worktreePath: string;
  /** Of the item that is asked about, when it is a change of files: the question itself does not show it. */
  readonly changes: readonly Change[];
}

const NO_DETAILS = new Set([
  'threadId',
  'turnId',
  'itemId',
  'startedAtMs',
  'environmentId',
  // What Codex offers to remember, and the answers that it knows: nothing that would be done.
  'proposedExecpolicyAmendment',
  'availableDecisions',
  'command',
  'cwd',
  'reason',
]);

/** Everything that was asked, for a person. Ids and times, which differ from one question to the next, are left out. */
export function describeApproval({ method, params }: ApprovalRequest, around: Surroundings): PermissionRequest {
  const details = Object.fromEntries(Object.entries(params).filter(([key]) => !NO_DETAILS.has(key)));
  const common = { input: JSON.stringify(details), reason: params.reason ?? '', paths: [], diff: null, command: null };
  switch (method) {
    case 'item/commandExecution/requestApproval': {
      const command = params.command ?? null;
      const title = command ?? 'Run a command that Codex does not show';
      return { ...common, tool: 'shell', toolKind: 'execute', title, command, cwd: params.cwd ?? around.worktreePath };
    }
    case 'item/fileChange/requestApproval': {
      const paths = pathsOf(around.changes, params.grantRoot ?? null).map((path) =>
        pathInWorktree(around.worktreePath, path),
      );
      const title = paths.length === 0 ? 'Change files that Codex does not name' : `Change ${paths.join(', ')}`;
      const diff = around.changes.length === 0 ? null : around.changes.map(showChange).join('\n');
      return { ...common, tool: 'apply_patch', toolKind: 'edit', title, cwd: around.worktreePath, paths, diff };
    }
    case 'item/permissions/requestApproval': {
      const title = 'Widen what the sandbox allows';
      const cwd = params.cwd ?? around.worktreePath;
      return { ...common, tool: 'request_permissions', toolKind: 'other', title, cwd };
    }
  }
}

/** With where files go that are moved, and with what would be written in from then on without asking. */
const pathsOf = (changes: readonly Change[], grantRoot: string | null): readonly string[] => [
  ...changes.flatMap(({ path, kind }) => (kind.move_path == null ? [path] : [path, kind.move_path])),
  ...(grantRoot === null ? [] : [grantRoot]),
];

function showChange({ path, kind, diff }: Change): string {
  const target = kind.move_path == null ? path : `${path} → ${kind.move_path}`;
  return `${kind.type} ${target}\n${diff}`;
}

/**
 * What Codex is told: never more than this once. An allowance for the attempt is remembered here, so that the record shows
 * each request that it answers.
 */
export function answerApproval({ method, params }: ApprovalRequest, answer: PermissionAnswer): object {
  if (method === 'item/permissions/requestApproval') {
    if (answer.answer !== 'allow') return { permissions: {}, scope: 'turn' };
    return { permissions: params.permissions ?? {}, scope: 'turn' };
  }
  switch (answer.answer) {
    case 'allow':
      return { decision: 'accept' };
    case 'reject':
      return { decision: 'decline' };
    case 'cancelled':
      return { decision: 'cancel' };
  }
}
