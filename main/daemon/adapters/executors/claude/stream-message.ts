import { z } from 'zod';
import { readJson } from '../agent/parse-line.ts';

/**
 * What Claude Code 2.1 writes with `--output-format stream-json`, as far as it is read here; Qwen Code 0.24 writes the
 * same shapes. Keys that are not named are passed over, and so is a message of a type that is not in the list.
 */
const TextBlock = z.object({ type: z.literal('text'), text: z.string() });
const ThinkingBlock = z.object({ type: z.literal('thinking'), thinking: z.string() });
const ToolUseBlock = z.object({
  type: z.literal('tool_use'),
  id: z.string(),
  name: z.string(),
  input: z.unknown().optional(),
});
const ToolResultBlock = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: z.unknown().optional(),
  is_error: z.boolean().nullish(),
});
const OtherBlock = z.object({ type: z.string() }).transform(() => ({ type: 'other' as const }));

const AssistantBlock = z.union([TextBlock, ThinkingBlock, ToolUseBlock, OtherBlock]);
const UserBlock = z.union([ToolResultBlock, OtherBlock]);

const count = z.number().nonnegative().max(1e12).nullish();
const TokenCounts = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
});
export type TokenCounts = z.infer<typeof TokenCounts>;

const System = z.object({
  type: z.literal('system'),
  subtype: z.string(),
  session_id: z.string().nullish(),
  model: z.string().nullish(),
  permissionMode: z.string().nullish(),
  attempt: z.number().int().nullish(),
  max_retries: z.number().int().nullish(),
  retry_delay_ms: z.number().nullish(),
  error_status: z.number().int().nullish(),
  error: z.string().nullish(),
});
export type System = z.infer<typeof System>;

const Delta = z.object({ text: z.string().nullish(), thinking: z.string().nullish() });

const StreamEvent = z.object({
  type: z.literal('stream_event'),
  parent_tool_use_id: z.string().nullish(),
  event: z.object({
    type: z.string(),
    message: z.object({ id: z.string() }).nullish(),
    delta: Delta.nullish(),
  }),
});
export type StreamEvent = z.infer<typeof StreamEvent>;

const Assistant = z.object({
  type: z.literal('assistant'),
  parent_tool_use_id: z.string().nullish(),
  /** `authentication_failed`, `rate_limit`, …: the message tells of a failure of the service. */
  error: z.string().nullish(),
  message: z.object({ id: z.string(), model: z.string().nullish(), content: z.array(AssistantBlock) }),
});
export type Assistant = z.infer<typeof Assistant>;

const User = z.object({
  type: z.literal('user'),
  message: z.object({ content: z.union([z.string(), z.array(UserBlock)]) }),
  tool_result_meta: z
    .array(z.object({ id: z.string(), permission_decision: z.object({ decision: z.string() }).nullish() }))
    .nullish(),
});
export type User = z.infer<typeof User>;

const StreamResult = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean().nullish(),
  terminal_reason: z.string().nullish(),
  api_error_status: z.number().int().nullish(),
  result: z.string().nullish(),
  error: z.union([z.string(), z.object({ message: z.string() })]).nullish(),
  errors: z.array(z.string()).nullish(),
  session_id: z.string().nullish(),
  usage: TokenCounts.nullish(),
  total_cost_usd: z.number().nonnegative().nullish(),
  modelUsage: z.record(z.string(), z.object({ costBasis: z.string().nullish() })).nullish(),
  permission_denials: z.array(z.object({ tool_name: z.string(), tool_input: z.unknown().optional() })).nullish(),
});
export type StreamResult = z.infer<typeof StreamResult>;

const ControlRequest = z.object({
  type: z.literal('control_request'),
  request_id: z.string(),
  request: z.object({
    subtype: z.string(),
    tool_name: z.string().nullish(),
    tool_use_id: z.string().nullish(),
    input: z.record(z.string(), z.unknown()).nullish(),
    description: z.string().nullish(),
    decision_reason: z.string().nullish(),
  }),
});
export type ControlRequest = z.infer<typeof ControlRequest>;

const ControlCancel = z.object({ type: z.literal('control_cancel_request'), request_id: z.string() });

export const StreamMessage = z.discriminatedUnion('type', [
  System,
  StreamEvent,
  Assistant,
  User,
  StreamResult,
  ControlRequest,
  ControlCancel,
]);
export type StreamMessage = z.infer<typeof StreamMessage>;

/** The messages in a line: one, or the list that `--output-format json` prints of a whole run. */
export function parseMessages(line: string): readonly StreamMessage[] {
  const values = readJson(line);
  return (Array.isArray(values) ? values : [values]).flatMap((value: unknown) => {
    const message = StreamMessage.safeParse(value);
    return message.success ? [message.data] : [];
  });
}
