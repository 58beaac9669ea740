import type { SessionUpdate, ToolCallUpdate } from '@agentclientprotocol/sdk';
import { z } from 'zod';

const text = z.string();
const Content = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text }),
  z.object({ type: z.enum(['image', 'audio', 'resource', 'resource_link']) }),
]);
const CallContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('content'), content: Content }),
  z.object({ type: z.literal('diff'), path: text, oldText: text.nullish(), newText: text }),
  z.object({ type: z.literal('terminal'), terminalId: text }),
]);
const Call = z.object({
  toolCallId: text,
  title: text.nullish(),
  name: text.nullish(),
  kind: z
    .enum(['read', 'edit', 'delete', 'move', 'search', 'execute', 'think', 'fetch', 'switch_mode', 'other'])
    .nullish(),
  status: z.enum(['pending', 'in_progress', 'completed', 'failed']).nullish(),
  content: z.array(CallContent).nullish(),
});
const Entry = z.object({ content: text, status: z.enum(['pending', 'in_progress', 'completed']) });

const UPDATES: ReadonlyMap<unknown, z.ZodType> = new Map<unknown, z.ZodType>(
  Object.entries({
    agent_message_chunk: z.object({ content: Content }),
    agent_thought_chunk: z.object({ content: Content }),
    tool_call: Call,
    tool_call_update: Call,
    plan: z.object({ entries: z.array(Entry) }),
  }),
);

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'sessionUpdate' in value ? value.sessionUpdate : null;

/** The SDK, which checks what it reads itself, is on the other side of acpx: of what is read here the shape is checked. */
export const CheckedUpdate = z.custom<SessionUpdate>((value) => {
  const kind = kindOf(value);
  return typeof kind === 'string' && (UPDATES.get(kind)?.safeParse(value).success ?? true);
}, 'is no update of a session');

export const CheckedCall = z.custom<ToolCallUpdate>((value) => Call.safeParse(value).success, 'is no tool call');
