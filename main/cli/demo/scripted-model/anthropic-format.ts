import type { JsonObject, JsonValue } from '../../../../contract/client/json-value.ts';
import { argumentsOf } from './arguments-of.ts';
import { fieldOf, isList, keysOf, listOf, textOf, textsIn } from './read-json.ts';
import {
  type Action,
  deltasOf,
  type Entry,
  type Frame,
  frame,
  type ModelRequest,
  TOKENS,
  type Turn,
  type WireFormat,
} from './wire-format.ts';

/** Anthropic's Messages, which Claude Code speaks. */
export const anthropicFormat: WireFormat = {
  name: 'anthropic',
  isAskedBy: (path) => path.endsWith('/messages'),
  read,
  frames,
  whole,
  failure: (status, message) => ({ type: 'error', error: { type: ERROR_TYPES[status] ?? 'api_error', message } }),
};

const ERROR_TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

function read(body: JsonValue): ModelRequest {
  return {
    model: textOf(body, 'model') ?? '',
    isStream: fieldOf(body, 'stream') === true,
    tools: listOf(body, 'tools').map((tool) => {
      const parameters = keysOf(fieldOf(fieldOf(tool, 'input_schema'), 'properties'));
      return { name: textOf(tool, 'name') ?? '', isFreeform: false, namespace: null, parameters };
    }),
    entries: listOf(body, 'messages').flatMap(entriesOf),
    answerSchema: fieldOf(fieldOf(body, 'output_format'), 'schema') ?? null,
  };
}

/** What a tool said comes back in a message of the user. */
function entriesOf(message: JsonValue): readonly Entry[] {
  const from = textOf(message, 'role') === 'assistant' ? 'model' : 'person';
  const content = fieldOf(message, 'content');
  const blocks = isList(content) ? content : [{ type: 'text', text: content ?? '' }];
  return blocks.map((block) => {
    if (textOf(block, 'type') !== 'tool_result') return { from, text: textOf(block, 'text') ?? '' };
    return { from: 'tool', text: [...textsIn(fieldOf(block, 'content'))].join('\n') };
  });
}

function* frames(turn: Turn): Generator<Frame> {
  const named = (event: string, more: JsonObject): Frame => frame(event, { type: event, ...more });
  yield named('message_start', { message: messageOf(turn, { content: [], stop_reason: null, usage: usageOf(1) }) });
  for (const [index, block] of blocksOf(turn).entries()) {
    yield named('content_block_start', { index, content_block: block.start });
    for (const delta of block.deltas) yield named('content_block_delta', { index, delta });
    yield named('content_block_stop', { index });
  }
  const delta = { stop_reason: stopReasonOf(turn.action), stop_sequence: null };
  yield named('message_delta', { delta, usage: { output_tokens: TOKENS.output } });
  yield named('message_stop', {});
}

interface Block {
  readonly start: JsonObject;
  readonly deltas: Iterable<JsonObject>;
}

function blocksOf({ action, newId }: Turn): readonly Block[] {
  if (action.kind === 'call') {
    const start = { type: 'tool_use', id: newId('toolu_'), name: action.tool.name, input: {} };
    return [{ start, deltas: [{ type: 'input_json_delta', partial_json: action.input }] }];
  }
  const said = { start: { type: 'text', text: '' }, deltas: textDeltas(action.text) };
  if (action.thought === null) return [said];
  return [{ start: { type: 'thinking', thinking: '', signature: '' }, deltas: thinkingDeltas(action.thought) }, said];
}

function* textDeltas(text: string): Generator<JsonObject> {
  for (const delta of deltasOf(text)) yield { type: 'text_delta', text: delta };
}

function* thinkingDeltas(thought: string): Generator<JsonObject> {
  for (const thinking of deltasOf(thought)) yield { type: 'thinking_delta', thinking };
  yield { type: 'signature_delta', signature: 'c2NyaXB0ZWQ=' };
}

function whole(turn: Turn): JsonValue {
  const { action, newId } = turn;
  const block =
    action.kind === 'say'
      ? { type: 'text', text: action.text }
      : { type: 'tool_use', id: newId('toolu_'), name: action.tool.name, input: argumentsOf(action.input) };
  return messageOf(turn, { content: [block], stop_reason: stopReasonOf(action), usage: usageOf(TOKENS.output) });
}

const messageOf = ({ model, newId }: Turn, more: JsonObject): JsonObject => ({
  id: newId('msg_'),
  type: 'message',
  role: 'assistant',
  model,
  stop_sequence: null,
  ...more,
});

const stopReasonOf = (action: Action): string => (action.kind === 'call' ? 'tool_use' : 'end_turn');

/** Anthropic counts what came from the cache apart from the input. */
const usageOf = (outputTokens: number): JsonObject => ({
  input_tokens: TOKENS.input - TOKENS.cached,
  cache_read_input_tokens: TOKENS.cached,
  cache_creation_input_tokens: 0,
  output_tokens: outputTokens,
});
