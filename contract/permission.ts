import { z } from 'zod';

import { ToolKind } from './activity.ts';

const MAX_TEXT = 1_000_000;

/** What an agent asks to be allowed, in full: nothing of it is shortened, because a decision is bound to its digest. */
export const PermissionRequest = z.strictObject({
  /** The vendor's name of the tool. */
  tool: z.string(),
  toolKind: ToolKind,
  /** One line for people. */
  title: z.string(),
  /** The command line, when the tool runs one. */
  command: z.string().max(MAX_TEXT).nullable(),
  /** Where it would run; absolute. */
  cwd: z.string().nullable(),
  /** Files that it names. */
  paths: z.array(z.string()),
  /** What it would change, as a unified diff or the new text. */
  diff: z.string().max(MAX_TEXT).nullable(),
  /** Everything else that the tool was given, as JSON. */
  input: z.string().max(MAX_TEXT),
  /** Why the agent wants it, in its own words. */
  reason: z.string(),
});
export type PermissionRequest = z.infer<typeof PermissionRequest>;

/** How far an allowance reaches: this one request, or what `allowanceReach` says of it until the attempt ends. */
export const PermissionScope = z.enum(['once', 'attempt']);
export type PermissionScope = z.infer<typeof PermissionScope>;

export type PermissionAnswer =
  | { readonly answer: 'allow'; readonly scope: PermissionScope }
  | { readonly answer: 'reject'; readonly reason: string }
  /** Nobody will answer any more: the attempt ends, or the question was taken back. */
  | { readonly answer: 'cancelled' };
