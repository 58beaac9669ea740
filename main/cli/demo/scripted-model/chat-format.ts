import type { JsonObject, JsonValue } from '../../../../contract/client/json-value.ts';
import { openAiFailure } from './open-ai-failure.ts';
import { fieldOf, keysOf, listOf, textOf, textsIn } from './read-json.ts';
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

/** OpenAI's Chat Completions, which Qwen Code, opencode and most others speak. */
export const chatFormat: WireFormat = {
  name: 'chat',
  isAskedBy: (path) => path.endsWith('/chat/completions'),
  read,
  frames,
  whole,
  failure: openAiFailure,
};

const FROM: Readonly<Record<string, Entry['from']>> = { user: 'person', assistant: 'model', tool: 'tool' };

function read(body: JsonValue): ModelRequest {
  return {
    model: textOf(body, 'model') ?? '',
    isStream: fieldOf(body, 'stream') === true,
    tools: listOf(body, 'tools').map((tool) => {
      const described = fieldOf(tool, 'function');
      const parameters = keysOf(fieldOf(fieldOf(described, 'parameters'), 'properties'));
      return { name: textOf(described, 'name') ?? '', isFreeform: false, namespace: null, parameters };
    }),
    entries: listOf(body, 'messages').flatMap(entryOf),
    answerSchema: fieldOf(fieldOf(fieldOf(body, 'response_format'), 'json_schema'), 'schema') ?? null,
  };
}

function entryOf(message: JsonValue): readonly Entry[] {
  const from = FROM[textOf(message, 'role') ?? ''];
  return from === undefined ? [] : [{ from, text: [...textsIn(fieldOf(message, 'content'))].join('\n') }];
}

function* frames(turn: Turn): Generator<Frame> {
  const id = turn.newId('chatcmpl-');
  const base = { id, object: 'chat.completion.chunk', created: 1_700_000_000, model: turn.model };
  const chunk = (delta: JsonObject, finishReason: string | null = null): Frame =>
    frame(null, { ...base, choices: [{ index: 0, delta, finish_reason: finishReason }] });
  yield chunk({ role: 'assistant', content: '' });
  for (const delta of deltas(turn.action, turn.newId)) yield chunk(delta);
  yield chunk({}, finishReasonOf(turn.action));
  yield frame(null, { ...base, choices: [], usage });
  yield { event: null, data: '[DONE]' };
}

function* deltas(action: Action, newId: Turn['newId']): Generator<JsonObject> {
  if (action.kind === 'call') {
    const started = {
      index: 0,
      id: newId('call_'),
      type: 'function',
      function: { name: action.tool.name, arguments: '' },
    };
    yield { tool_calls: [started] };
    yield { tool_calls: [{ index: 0, function: { arguments: action.input } }] };
    return;
  }
  for (const delta of deltasOf(action.thought ?? '')) yield { reasoning_content: delta };
  for (const delta of deltasOf(action.text)) yield { content: delta };
}

function whole({ action, model, newId }: Turn): JsonValue {
  const message =
    action.kind === 'say'
      ? { role: 'assistant', content: action.text }
      : { role: 'assistant', content: null, tool_calls: [callOf(action, newId)] };
  const choice = { index: 0, finish_reason: finishReasonOf(action), message };
  return { id: newId('chatcmpl-'), object: 'chat.completion', created: 1_700_000_000, model, choices: [choice], usage };
}

const callOf = ({ tool, input }: Extract<Action, { kind: 'call' }>, newId: Turn['newId']): JsonObject => ({
  id: newId('call_'),
  type: 'function',
  function: { name: tool.name, arguments: input },
});

const finishReasonOf = (action: Action): string => (action.kind === 'call' ? 'tool_calls' : 'stop');

const usage = {
  prompt_tokens: TOKENS.input,
  completion_tokens: TOKENS.output,
  total_tokens: TOKENS.total,
  prompt_tokens_details: { cached_tokens: TOKENS.cached },
} as const;
