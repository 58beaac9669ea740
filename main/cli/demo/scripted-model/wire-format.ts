import type { JsonValue } from '../../../../contract/client/json-value.ts';

/** A tool that the agent lets the model use. */
export interface OfferedTool {
  readonly name: string;
  /** Takes plain text instead of JSON (Responses: type `custom`). */
  readonly isFreeform: boolean;
  readonly namespace: string | null;
  /** Names of its parameters. */
  readonly parameters: readonly string[];
}

/** A part of the conversation so far, oldest first. What the agent itself adds (system prompts) is none. */
export interface Entry {
  readonly from: 'person' | 'model' | 'tool';
  readonly text: string;
}

/** What an agent asks of a model, whichever format it came in. */
export interface ModelRequest {
  readonly model: string;
  readonly isStream: boolean;
  readonly tools: readonly OfferedTool[];
  readonly entries: readonly Entry[];
  /** The JSON schema that the answer has to fit; null when text is wanted. */
  readonly answerSchema: JsonValue | null;
}

export type Action =
  | { readonly kind: 'say'; readonly text: string; readonly thought: string | null }
  /** `input` is sent as it is: the JSON of the arguments, or the text of a freeform tool. */
  | { readonly kind: 'call'; readonly tool: OfferedTool; readonly input: string };

export interface Turn {
  readonly model: string;
  readonly action: Action;
  /** A new id that starts with `prefix`. */
  readonly newId: (prefix: string) => string;
}

/** One server-sent event. */
export interface Frame {
  readonly event: string | null;
  readonly data: string;
}

export interface WireFormat {
  readonly name: string;
  /** Whether this path asks for an answer of the model in this format. */
  readonly isAskedBy: (path: string) => boolean;
  readonly read: (body: JsonValue, path: string) => ModelRequest;
  readonly frames: (turn: Turn) => Iterable<Frame>;
  /** The same answer in one piece. */
  readonly whole: (turn: Turn) => JsonValue;
  readonly failure: (status: number, message: string) => JsonValue;
}

/** The same for every answer, so that sums can be checked. */
export const TOKENS = { input: 1200, cached: 200, output: 34, total: 1234 } as const;

export const frame = (event: string | null, data: JsonValue): Frame => ({ event, data: JSON.stringify(data) });

const LONG_TEXT = 4_000;

/** Words; a long text goes in larger pieces. */
export function* deltasOf(text: string): Generator<string> {
  if (text.length <= LONG_TEXT) yield* text.match(/\S+\s*|\s+/g) ?? [];
  else for (let at = 0; at < text.length; at += LONG_TEXT) yield text.slice(at, at + LONG_TEXT);
}
