import { z } from 'zod';
import { RequestId } from './json-rpc.ts';

/**
 * What `codex app-server` of 0.169 writes, as far as it is read here: JSON-RPC without its version, a message a line.
 * Keys that are not named are passed over, and so is a notification or an item of a kind that is not in the list.
 */
const Change = z.object({
  path: z.string(),
  kind: z.object({ type: z.string(), move_path: z.string().nullish() }),
  /** A unified diff; of a new file its text. */
  diff: z.string().catch(''),
});
export type Change = z.infer<typeof Change>;

const status = z.string().nullish();

const Item = z.discriminatedUnion('type', [
  z.object({ type: z.literal('agentMessage'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('reasoning'), id: z.string(), summary: z.array(z.string()).catch([]) }),
  z.object({
    type: z.literal('commandExecution'),
    id: z.string(),
    command: z.string(),
    status,
    aggregatedOutput: z.string().nullish(),
    exitCode: z.number().int().nullish(),
  }),
  z.object({ type: z.literal('fileChange'), id: z.string(), changes: z.array(Change), status }),
  z.object({
    type: z.literal('mcpToolCall'),
    id: z.string(),
    server: z.string(),
    tool: z.string(),
    arguments: z.unknown().optional(),
    status,
  }),
  z.object({ type: z.literal('webSearch'), id: z.string(), query: z.string() }),
]);
export type Item = z.infer<typeof Item>;

const tokens = z.number().int().nonnegative();
const RequestUsage = z.object({ inputTokens: tokens, cachedInputTokens: tokens, outputTokens: tokens });
export type RequestUsage = z.infer<typeof RequestUsage>;

export const TurnError = z.object({
  message: z.string(),
  codexErrorInfo: z
    .union([
      z.string(),
      z.record(z.string(), z.object({ httpStatusCode: z.number().int().nullish() }).nullable().catch(null)),
    ])
    .nullish()
    .catch(null),
  additionalDetails: z.string().nullish(),
});
export type TurnError = z.infer<typeof TurnError>;

const about = <Params extends z.ZodRawShape>(params: Params) => z.object(params);
const delta = about({ itemId: z.string().catch(''), delta: z.string() });

export const Notification = z.discriminatedUnion('method', [
  z.object({ method: z.literal('item/started'), params: about({ item: Item }) }),
  z.object({ method: z.literal('item/completed'), params: about({ item: Item }) }),
  z.object({ method: z.literal('item/agentMessage/delta'), params: delta }),
  z.object({ method: z.literal('item/reasoning/summaryTextDelta'), params: delta }),
  z.object({ method: z.literal('item/reasoning/textDelta'), params: delta }),
  z.object({
    method: z.literal('turn/plan/updated'),
    params: about({ plan: z.array(z.object({ step: z.string(), status: z.string() })) }),
  }),
  z.object({
    method: z.literal('thread/tokenUsage/updated'),
    params: about({ turnId: z.string(), tokenUsage: z.object({ last: RequestUsage }) }),
  }),
  z.object({ method: z.literal('error'), params: about({ error: TurnError, willRetry: z.boolean().catch(false) }) }),
  z.object({ method: z.literal('warning'), params: about({ message: z.string() }) }),
  z.object({ method: z.literal('configWarning'), params: about({ summary: z.string() }) }),
  z.object({ method: z.literal('deprecationNotice'), params: about({ summary: z.string() }) }),
  z.object({ method: z.literal('model/rerouted'), params: about({ fromModel: z.string(), toModel: z.string() }) }),
  z.object({ method: z.literal('serverRequest/resolved'), params: about({ requestId: RequestId }) }),
  z.object({
    method: z.literal('turn/completed'),
    params: about({ turn: z.object({ id: z.string(), status: z.string(), error: TurnError.nullish() }) }),
  }),
]);
export type Notification = z.infer<typeof Notification>;
