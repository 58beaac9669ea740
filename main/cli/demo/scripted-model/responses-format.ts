import type { JsonObject, JsonValue } from '../../../../contract/client/json-value.ts';
import { openAiFailure } from './open-ai-failure.ts';
import { fieldOf, keysOf, listOf, textOf, textsIn } from './read-json.ts';
import type { ModelRequest, WireFormat } from './wire-format.ts';
import { type Action, deltasOf, type Entry, type Frame, type OfferedTool, TOKENS, type Turn } from './wire-format.ts';

/** OpenAI's Responses, which Codex speaks. */
export const responsesFormat: WireFormat = {
  name: 'responses',
  isAskedBy: (path) => path.endsWith('/responses'),
  read,
  frames,
  whole: (turn) => completed(turn, turn.newId('resp_'), itemsOf(turn)),
  failure: openAiFailure,
};

function read(body: JsonValue): ModelRequest {
  const input = listOf(body, 'input');
  // Newer models of Codex are told of their tools in the conversation.
  const told = input
    .filter((item) => textOf(item, 'type') === 'additional_tools')
    .flatMap((item) => listOf(item, 'tools'));
  return {
    model: textOf(body, 'model') ?? '',
    isStream: fieldOf(body, 'stream') === true,
    tools: [...listOf(body, 'tools'), ...told].flatMap((tool) => toolsOf(tool, null)),
    entries: input.flatMap(entryOf),
    answerSchema: fieldOf(fieldOf(fieldOf(body, 'text'), 'format'), 'schema') ?? null,
  };
}

function toolsOf(tool: JsonValue, namespace: string | null): readonly OfferedTool[] {
  const type = textOf(tool, 'type') ?? '';
  const name = textOf(tool, 'name') ?? type;
  if (type === 'namespace') return listOf(tool, 'tools').flatMap((inner) => toolsOf(inner, name));
  const parameters = keysOf(fieldOf(fieldOf(tool, 'parameters'), 'properties'));
  return [{ name, isFreeform: type === 'custom', namespace, parameters }];
}

function entryOf(item: JsonValue): readonly Entry[] {
  if (textOf(item, 'type')?.endsWith('_output'))
    return [{ from: 'tool', text: [...textsIn(fieldOf(item, 'output'))].join('\n') }];
  const role = textOf(item, 'role');
  if (role !== 'user' && role !== 'assistant') return [];
  const text = [...textsIn(fieldOf(item, 'content'))].join('\n');
  return [{ from: role === 'user' ? 'person' : 'model', text }];
}

function* frames(turn: Turn): Generator<Frame> {
  const responseId = turn.newId('resp_');
  let number = 0;
  const next = (type: string, more: JsonObject): Frame => ({
    event: type,
    data: JSON.stringify({ type, sequence_number: number++, ...more }),
  });
  yield next('response.created', { response: response(turn, responseId, 'in_progress') });
  const items = itemsOf(turn);
  for (const [index, item] of items.entries()) {
    yield next('response.output_item.added', { output_index: index, item: started(item) });
    for (const [type, more] of progressOf(item, turn.action))
      yield next(type, { item_id: item['id'] ?? '', output_index: index, ...more });
    yield next('response.output_item.done', { output_index: index, item });
  }
  yield next('response.completed', { response: completed(turn, responseId, items) });
}

function* progressOf(item: JsonObject, action: Action): Generator<readonly [string, JsonObject]> {
  if (action.kind === 'call') {
    const type = action.tool.isFreeform
      ? 'response.custom_tool_call_input.delta'
      : 'response.function_call_arguments.delta';
    yield [type, { delta: action.input }];
  } else if (item['type'] === 'reasoning') {
    for (const delta of deltasOf(action.thought ?? ''))
      yield ['response.reasoning_summary_text.delta', { summary_index: 0, delta }];
  } else {
    for (const delta of deltasOf(action.text)) yield ['response.output_text.delta', { content_index: 0, delta }];
  }
}

function itemsOf({ action, newId }: Turn): readonly JsonObject[] {
  if (action.kind === 'call') return [callItem(action, newId)];
  const content = [{ type: 'output_text', text: action.text, annotations: [] }];
  const message = { id: newId('msg_'), type: 'message', status: 'completed', role: 'assistant', content };
  if (action.thought === null) return [message];
  return [{ id: newId('rs_'), type: 'reasoning', summary: [{ type: 'summary_text', text: action.thought }] }, message];
}

function callItem({ tool, input }: Extract<Action, { kind: 'call' }>, newId: Turn['newId']): JsonObject {
  const call = { status: 'completed', call_id: newId('call_'), name: tool.name };
  const namespace = tool.namespace === null ? {} : { namespace: tool.namespace };
  if (tool.isFreeform) return { id: newId('ctc_'), type: 'custom_tool_call', ...call, ...namespace, input };
  return { id: newId('fc_'), type: 'function_call', ...call, ...namespace, arguments: input };
}

/** An item as it is announced: without what its deltas bring. */
function started(item: JsonObject): JsonObject {
  const empty = { input: '', arguments: '', content: [], summary: [] };
  const emptied = Object.entries(empty).filter(([key]) => key in item);
  return { ...item, ...Object.fromEntries(emptied), ...('status' in item ? { status: 'in_progress' } : {}) };
}

const response = (turn: Turn, id: string, status: string): JsonObject => ({
  id,
  object: 'response',
  created_at: 1_700_000_000,
  status,
  model: turn.model,
  output: [],
});

const completed = (turn: Turn, id: string, items: readonly JsonObject[]): JsonObject => ({
  ...response(turn, id, 'completed'),
  output: items,
  usage: {
    input_tokens: TOKENS.input,
    input_tokens_details: { cached_tokens: TOKENS.cached },
    output_tokens: TOKENS.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: TOKENS.total,
  },
});
