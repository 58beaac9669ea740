import { z } from 'zod';

import { Usage } from './usage.ts';

/** The kinds of tools that agents name, as the Agent Client Protocol groups them. */
export const ToolKind = z.enum(['read', 'edit', 'delete', 'move', 'search', 'execute', 'fetch', 'think', 'other']);
export type ToolKind = z.infer<typeof ToolKind>;

/** `denied`: it was asked for and not allowed. */
export const ToolStatus = z.enum(['pending', 'running', 'completed', 'failed', 'denied']);
export type ToolStatus = z.infer<typeof ToolStatus>;

const MAX_TEXT = 1_000_000;
const text = z.string().max(MAX_TEXT);

/**
 * What an agent does while it works: one vocabulary for all of them. `message` is what it says to the person, `thought`
 * what it says to itself; either comes in pieces (`isDelta`), which belong together as long as nothing else comes between.
 * A `tool_call` is told anew whenever something about it changes, under the same `callId`; what is absent stays as it was.
 */
export const Activity = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('session'),
    session: z.string(),
    model: z.string().optional(),
    mode: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('message'), text, isDelta: z.boolean() }),
  z.strictObject({ kind: z.literal('thought'), text, isDelta: z.boolean() }),
  z.strictObject({
    kind: z.literal('plan'),
    entries: z.array(z.strictObject({ content: text, status: z.enum(['pending', 'in_progress', 'completed']) })),
  }),
  z.strictObject({
    kind: z.literal('tool_call'),
    callId: z.string(),
    status: ToolStatus,
    tool: ToolKind.optional(),
    /** The vendor's name of the tool. */
    name: z.string().optional(),
    /** For people: the command, the path, the question. */
    title: text.optional(),
    /** What the tool was given: a text as it is, anything else as JSON. */
    input: text.optional(),
    output: text.optional(),
    exitCode: z.number().int().optional(),
  }),
  z.strictObject({
    kind: z.literal('file_change'),
    path: z.string(),
    change: z.enum(['add', 'update', 'delete', 'move']),
  }),
  z.strictObject({ kind: z.literal('usage'), usage: Usage }),
  /** The agent waits for its model and will ask it again. */
  z.strictObject({
    kind: z.literal('retry'),
    attempt: z.number().int().positive(),
    max: z.number().int().positive().optional(),
    delayMs: z.number().nonnegative().optional(),
    /** HTTP status of the answer that made it try again. */
    status: z.number().int().optional(),
    text,
  }),
  z.strictObject({ kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text }),
]);
export type Activity = z.infer<typeof Activity>;

export type ToolCall = Extract<Activity, { kind: 'tool_call' }>;
export type PlanEntry = Extract<Activity, { kind: 'plan' }>['entries'][number];

/** Whether more is to be told of a call. */
export const isCallOpen = ({ status }: { readonly status: string }): boolean =>
  status === 'pending' || status === 'running';
