import { z } from 'zod';

/**
 * What `codex exec --json` of 0.169 writes, as far as it is read here. Keys that are not named are passed over, and so
 * is an event or an item of a type that is not in the list.
 */
const tokens = z.number().int().nonnegative().catch(0);

/** Of the whole thread, not of the turn. */
export const ThreadUsage = z.object({
  input_tokens: tokens,
  cached_input_tokens: tokens,
  output_tokens: tokens,
});
export type ThreadUsage = z.infer<typeof ThreadUsage>;

const status = z.string().nullish();

export const ExecItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agent_message'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('reasoning'), id: z.string(), text: z.string() }),
  z.object({
    type: z.literal('command_execution'),
    id: z.string(),
    command: z.string(),
    aggregated_output: z.string().nullish(),
    exit_code: z.number().int().nullish(),
    status,
  }),
  z.object({
    type: z.literal('file_change'),
    id: z.string(),
    changes: z.array(z.object({ path: z.string(), kind: z.string() })),
    status,
  }),
  z.object({
    type: z.literal('mcp_tool_call'),
    id: z.string(),
    server: z.string(),
    tool: z.string(),
    arguments: z.unknown().optional(),
    status,
  }),
  z.object({ type: z.literal('web_search'), id: z.string(), query: z.string() }),
  z.object({
    type: z.literal('todo_list'),
    id: z.string(),
    items: z.array(z.object({ text: z.string(), completed: z.boolean() })),
  }),
  z.object({ type: z.literal('error'), id: z.string(), message: z.string() }),
]);
export type ExecItem = z.infer<typeof ExecItem>;

const Failure = z.object({ message: z.string() });

export const ExecEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('thread.started'), thread_id: z.string() }),
  z.object({ type: z.literal('item.started'), item: ExecItem }),
  z.object({ type: z.literal('item.updated'), item: ExecItem }),
  z.object({ type: z.literal('item.completed'), item: ExecItem }),
  z.object({ type: z.literal('error'), message: z.string() }),
  z.object({ type: z.literal('turn.completed'), usage: ThreadUsage.nullish() }),
  z.object({ type: z.literal('turn.failed'), error: Failure }),
]);
export type ExecEvent = z.infer<typeof ExecEvent>;
