import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type JsonValue, parseJson } from '../../../../contract/client/json-value.ts';
import { assertNever } from '../../../../contract/result.ts';
import { anthropicFormat } from './anthropic-format.ts';
import { chatFormat } from './chat-format.ts';
import { readConversation } from './conversation.ts';
import { decide } from './decide.ts';
import { type Fault, faultOf } from './faults.ts';
import { geminiFormat } from './gemini-format.ts';
import { responsesFormat } from './responses-format.ts';
import { type FrameStream, sendBytes, sendFrames, sendJson } from './send-answer.ts';
import { sideAnswer } from './side-answer.ts';
import type { Frame, ModelRequest, Turn, WireFormat } from './wire-format.ts';

/** What one request was about. */
export interface SeenRequest {
  readonly scenario: string;
  /** `responses`, `chat`, `anthropic` or `gemini`. */
  readonly format: string;
  readonly model: string;
  /** Names of the tools that the agent offered. */
  readonly tools: readonly string[];
  /** Whether a tool had answered since the prompt. */
  readonly hasToolResult: boolean;
  readonly atMs: number;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pauseMs: number;
  /** How often each prompt was refused so far. */
  readonly refusals: Map<string, number>;
  readonly note: (seen: SeenRequest) => void;
}

const FORMATS: readonly WireFormat[] = [responsesFormat, chatFormat, anthropicFormat, geminiFormat];

const newId = (prefix: string): string => `${prefix}${randomBytes(8).toString('hex')}`;

export async function answerRequest(exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const [, scenario = 'write', path = '/'] = /^\/s\/([\w.-]+)(\/[^?]*)?/.exec(request.url ?? '') ?? [];
  const parsed = parseJson(await text(request));
  const body = parsed.ok ? parsed.value : null;
  const side = sideAnswer(path);
  if (side !== null) return sendJson(response, { body: side });
  const format = FORMATS.find(({ isAskedBy }) => isAskedBy(path));
  if (format === undefined)
    return sendJson(response, { status: 404, body: { error: { message: `nothing is at ${path}` } } });
  await play(exchange, { scenario, format, body, asked: format.read(body, path) });
}

interface Scene {
  readonly scenario: string;
  readonly format: WireFormat;
  readonly body: JsonValue;
  readonly asked: ModelRequest;
}

async function play(exchange: Exchange, scene: Scene): Promise<void> {
  const { scenario, format, body, asked } = scene;
  const conversation = readConversation(asked, body);
  const { hasToolResult } = conversation;
  const tools = asked.tools.map(({ name }) => name);
  exchange.note({ scenario, format: format.name, model: asked.model, tools, hasToolResult, atMs: Date.now() });
  const fault = faultOf(scenario);
  if (fault !== null && breakAnswer(exchange, { fault, format, promptKey: `${scenario} ${conversation.promptKey}` }))
    return;
  const action = decide(fault === null ? scenario : 'write', asked, conversation);
  if (action === null) {
    sendJson(exchange.response, { status: 404, body: format.failure(404, `no scenario is called ${scenario}`) });
    return;
  }
  const turn: Turn = { model: asked.model, action, newId };
  if (!asked.isStream) return sendJson(exchange.response, { body: format.whole(turn) });
  await sendFrames(exchange.response, streamOf({ turn, fault, format, pauseMs: exchange.pauseMs }));
}

interface Breakage {
  readonly fault: Fault;
  readonly format: WireFormat;
  readonly promptKey: string;
}

/** Whether the fault was the whole answer. */
function breakAnswer({ request, response, refusals }: Exchange, { fault, format, promptKey }: Breakage): boolean {
  switch (fault.kind) {
    case 'status': {
      const refused = refusals.get(promptKey) ?? 0;
      if (fault.times !== null && refused >= fault.times) return false;
      refusals.set(promptKey, refused + 1);
      const headers: Record<string, string> = fault.status === 429 ? { 'retry-after': '1' } : {};
      const body = format.failure(fault.status, `The scripted model answers ${fault.status}.`);
      sendJson(response, { status: fault.status, headers, body });
      return true;
    }
    case 'body':
      sendBytes(response, fault.contentType, fault.body);
      return true;
    case 'reset':
      request.socket.destroy();
      return true;
    case 'hang':
      return true;
    case 'half':
      return false;
    default:
      return assertNever(fault);
  }
}

interface Playing {
  readonly turn: Turn;
  readonly fault: Fault | null;
  readonly format: WireFormat;
  readonly pauseMs: number;
}

function streamOf({ turn, fault, format, pauseMs }: Playing): FrameStream {
  const frames = format.frames(turn);
  if (fault?.kind === 'half') return { frames: firstHalf([...frames]), pauseMs, ending: fault.ending };
  const isLong = turn.action.kind === 'say' && turn.action.text.length > 100_000;
  return { frames, pauseMs: isLong ? 0 : pauseMs, ending: 'end' };
}

const firstHalf = (frames: readonly Frame[]): readonly Frame[] =>
  frames.slice(0, Math.max(1, Math.floor(frames.length / 2)));
