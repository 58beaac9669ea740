import { z } from 'zod';

import { Recipe } from './task-spec.ts';

/** Whose program a profile runs, and by which of its interfaces. */
export const AGENT_TRANSPORTS = {
  codex: ['exec', 'app-server'],
  claude: ['stream-json'],
  qwen: ['stream-json'],
  gemini: ['stream-json'],
  opencode: ['run'],
  acp: ['acp'],
  'openclaw-acpx': ['exec'],
  'ide-chat': ['file'],
  command: ['recipe'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type AgentName = keyof typeof AGENT_TRANSPORTS;

/** The words that a vendor knows for `sandbox`. Who is not here has names of its configuration, or none. */
export const SANDBOX_WORDS = {
  codex: ['read-only', 'workspace-write', 'danger-full-access'],
  claude: ['default', 'acceptEdits', 'auto', 'bypassPermissions', 'dontAsk', 'manual', 'plan'],
  qwen: ['default', 'auto-edit', 'auto', 'plan', 'yolo'],
  gemini: ['default', 'auto_edit', 'plan', 'yolo'],
  'openclaw-acpx': ['approve-all', 'approve-reads', 'deny-all'],
} as const satisfies Partial<Readonly<Record<AgentName, readonly string[]>>>;

/** Interfaces that have no way to ask for a permission: what they are not allowed fails. */
export const WITHOUT_QUESTIONS = {
  codex: ['exec'],
  gemini: ['stream-json'],
  opencode: ['run'],
  'openclaw-acpx': ['exec'],
  'ide-chat': ['file'],
} as const satisfies Partial<Readonly<Record<AgentName, readonly string[]>>>;

export const isAgentName = (name: string): name is AgentName => Object.hasOwn(AGENT_TRANSPORTS, name);

const PermissionEffect = z.enum(['allow', 'reject', 'ask']);

/**
 * The first rule whose every given pattern matches decides. Patterns cover the whole text: `*` is any text, everything
 * else is itself. What is allowed is taken narrowly: in a command `*` stands for no shell syntax, and every path has to be
 * in the worktree; to ask or to reject, one path is enough, as it is written or as links lead.
 */
export const PermissionRule = z.strictObject({
  /** The vendor's name of the tool, or one of our kinds (`execute`, `edit`, …). */
  tool: z.string().min(1).optional(),
  command: z.string().min(1).optional(),
  /** Relative to the worktree; to ask or to reject, also an absolute path out of it. */
  path: z.string().min(1).optional(),
  effect: PermissionEffect,
});
export type PermissionRule = z.infer<typeof PermissionRule>;

export const PermissionRules = z.strictObject({
  /** What counts when no rule matches. */
  otherwise: PermissionEffect.default('ask'),
  rules: z.array(PermissionRule).max(200).default([]),
  /** How long a person has to answer; then the request is rejected. */
  expirySeconds: z
    .number()
    .int()
    .positive()
    .max(7 * 24 * 3600)
    .default(3600),
});
export type PermissionRules = z.infer<typeof PermissionRules>;

/** What ends an attempt that goes wrong without ending by itself. Null: no such limit. */
export const ExecutorLimits = z.strictObject({
  /** Counts while the agent works, not while a person is asked. A task's own `timeout_seconds` comes before it. */
  wallClockSeconds: z.number().int().positive().nullable().default(null),
  /** Nothing was heard of the agent for so long. */
  idleSeconds: z.number().int().positive().nullable().default(900),
  modelRequests: z.number().int().positive().nullable().default(null),
  costUsd: z.number().positive().nullable().default(null),
  toolCalls: z.number().int().positive().nullable().default(null),
  outputBytes: z.number().int().positive().nullable().default(1_000_000_000),
});
export type ExecutorLimits = z.infer<typeof ExecutorLimits>;

const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not the name of an environment variable');

/** How a vendor's program is run. A task names a profile by its name. */
export const ExecutorProfile = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/),
  description: z.string().default(''),
  /** What people call who works; empty: the vendor's name, or else the profile's. */
  title: z.string().max(60).default(''),
  agent: z.string(),
  /** One of `AGENT_TRANSPORTS` of the agent; the first one when left out. */
  transport: z.string(),
  /** The program's name in PATH or its absolute path, with arguments that come before ours; empty: the vendor's usual one. */
  program: z.array(z.string().min(1)).default([]),
  /** Arguments that come after ours. */
  args: z.array(z.string()).default([]),
  model: z.string().nullable().default(null),
  /** The vendor's own word: Codex's sandbox, Claude's and Qwen's permission mode, an ACP agent's session mode. */
  sandbox: z.string().nullable().default(null),
  permissions: PermissionRules.prefault({}),
  /** Variable → the variable of the daemon's environment that its value is taken from. */
  environment: z.record(variableName, variableName).default({}),
  /** Only of `command`: what is run for a task that brings no recipe of its own. */
  recipe: Recipe.nullable().default(null),
  limits: ExecutorLimits.prefault({}),
  /** Runs in a terminal of its own, which a person can look at and type into. */
  hasTerminal: z.boolean().default(false),
});
export type ExecutorProfile = z.infer<typeof ExecutorProfile>;

/** How an attempt's program was run. Secrets in it are masked. */
export const Invocation = z.strictObject({
  argv: z.array(z.string()),
  program: z.string(),
  version: z.string().nullable(),
  /** That the profile asks for; null: whichever the agent takes. */
  model: z.string().nullable(),
  /** That the agent says it works with; known at its end. */
  reportedModel: z.string().nullable().default(null),
  profile: z.string(),
  /** SHA-256 of the profile as it was read. */
  profileHash: z.string(),
});
export type Invocation = z.infer<typeof Invocation>;
