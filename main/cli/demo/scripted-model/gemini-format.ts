import type { JsonObject, JsonValue } from '../../../../contract/client/json-value.ts';
import { argumentsOf } from './arguments-of.ts';
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

/** Google's generateContent and streamGenerateContent, which Gemini CLI speaks. */
export const geminiFormat: WireFormat = {
  name: 'gemini',
  isAskedBy: (path) => /:(stream)?generateContent$/i.test(path),
  read,
  frames,
  whole: (turn) => chunk(turn, { parts: partsOf(turn.action), isLast: true }),
  failure: (status, message) => ({ error: { code: status, message, status: STATUSES[status] ?? 'INTERNAL' } }),
};

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

function read(body: JsonValue, path: string): ModelRequest {
  const generation = fieldOf(body, 'generationConfig');
  return {
    model: /models\/([^:/]+):/.exec(path)?.[1] ?? '',
    isStream: path.endsWith(':streamGenerateContent'),
    tools: listOf(body, 'tools')
      .flatMap((group) => listOf(group, 'functionDeclarations'))
      .map((tool) => {
        const schema = fieldOf(tool, 'parametersJsonSchema') ?? fieldOf(tool, 'parameters');
        const parameters = keysOf(fieldOf(schema, 'properties'));
        return { name: textOf(tool, 'name') ?? '', isFreeform: false, namespace: null, parameters };
      }),
    entries: listOf(body, 'contents').flatMap(entriesOf),
    answerSchema: fieldOf(generation, 'responseJsonSchema') ?? fieldOf(generation, 'responseSchema') ?? null,
  };
}

function entriesOf(content: JsonValue): readonly Entry[] {
  const from = textOf(content, 'role') === 'model' ? 'model' : 'person';
  return listOf(content, 'parts').map((part) => {
    const response = fieldOf(part, 'functionResponse');
    if (response === undefined) return { from, text: textOf(part, 'text') ?? '' };
    return { from: 'tool', text: [...textsIn(response)].join('\n') };
  });
}

function* frames(turn: Turn): Generator<Frame> {
  const parts = [...streamedParts(turn.action)];
  for (const [index, part] of parts.entries()) {
    yield frame(null, chunk(turn, { parts: [part], isLast: index === parts.length - 1 }));
  }
}

function* streamedParts(action: Action): Generator<JsonObject> {
  if (action.kind === 'call') yield* partsOf(action);
  else {
    for (const text of deltasOf(action.thought ?? '')) yield { text, thought: true };
    for (const text of deltasOf(action.text)) yield { text };
  }
}

function partsOf(action: Action): readonly JsonObject[] {
  if (action.kind === 'say') return [{ text: action.text }];
  return [{ functionCall: { name: action.tool.name, args: argumentsOf(action.input) } }];
}

interface Piece {
  readonly parts: readonly JsonObject[];
  readonly isLast: boolean;
}

function chunk({ model, newId }: Turn, { parts, isLast }: Piece): JsonObject {
  const end = isLast ? { finishReason: 'STOP' } : {};
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, ...end }],
    modelVersion: model,
    responseId: newId('g'),
    ...(isLast ? { usageMetadata } : {}),
  };
}

const usageMetadata = {
  promptTokenCount: TOKENS.input,
  cachedContentTokenCount: TOKENS.cached,
  candidatesTokenCount: TOKENS.output,
  totalTokenCount: TOKENS.total,
} as const;
