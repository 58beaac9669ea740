import { assertNever } from '../../../../../contract/result.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { errorSentence } from '../agent/error-sentence.ts';
import { kindOfTool, titleOf } from '../agent/tool-words.ts';
import type { Dialect } from './dialect.ts';
import { errorKindOf } from './error-kind.ts';
import { createMessagePieces, isPiece, type MessagePieces } from './message-pieces.ts';
import { readResult } from './read-result.ts';
import type { Assistant, StreamEvent, StreamMessage, StreamResult, System, User } from './stream-message.ts';

/** What a message means. Control messages mean nothing here: they belong to the conversation. */
export type MessageReader = (message: StreamMessage) => readonly AgentSignal[];

export interface ReaderParts extends Pick<Dialect, 'cachedTokens'> {
  /** Whether a tool call was not allowed by who was asked: not every program says so. */
  readonly isRejected: (callId: string) => boolean;
}

/** Reads one run. It remembers which messages came in pieces, so that none is told twice. */
export function createMessageReader({ isRejected, ...dialect }: ReaderParts): MessageReader {
  const pieces = createMessagePieces();
  let hasSession = false;
  return (message) => {
    switch (message.type) {
      case 'system':
        hasSession ||= message.subtype === 'init';
        return readSystem(message);
      case 'stream_event':
        pieces.take(message);
        return readPiece(message);
      case 'assistant':
        return readAssistant(message, pieces.close(message));
      case 'user':
        return readUser(message, isRejected);
      case 'result':
        return [...(hasSession ? [] : sessionIn(message)), ...readResult(message, dialect)];
      case 'control_request':
      case 'control_cancel_request':
        return [];
      default:
        return assertNever(message);
    }
  };
}

function readSystem(system: System): readonly AgentSignal[] {
  if (system.subtype === 'init') {
    const { session_id: session, model, permissionMode: mode } = system;
    if (session == null) return [];
    return [
      doing({ kind: 'session', session, ...(model == null ? {} : { model }), ...(mode == null ? {} : { mode }) }),
    ];
  }
  return system.subtype === 'api_retry' || system.subtype === 'retry' ? readRetry(system) : [];
}

/** A run that was printed as one result has no other line that names it. */
const sessionIn = ({ session_id: session }: StreamResult): readonly AgentSignal[] =>
  session == null ? [] : [doing({ kind: 'session', session })];

/** Qwen Code (`retry`) tells some of its retries twice and gives up after a few: they count as no requests. */
function readRetry(system: System): readonly AgentSignal[] {
  const { subtype, attempt, max_retries: max, retry_delay_ms, error_status, error } = system;
  const text = error == null || error === 'unknown' ? 'the model did not answer' : error.replaceAll('_', ' ');
  return [
    ...(subtype === 'api_retry' ? [{ of: 'model_request', isFruitful: false } as const] : []),
    { of: 'error', kind: errorKindOf(error_status ?? null, text), text: withStatus(text, error_status) },
    doing({
      kind: 'retry',
      attempt: Math.max(1, attempt ?? 1),
      ...(max == null || max < 1 ? {} : { max }),
      ...(retry_delay_ms == null ? {} : { delayMs: Math.max(0, retry_delay_ms) }),
      ...(error_status == null ? {} : { status: error_status }),
      text,
    }),
  ];
}

function readPiece(message: StreamEvent): readonly AgentSignal[] {
  if (!isPiece(message)) return [];
  const { text, thinking } = message.event.delta ?? {};
  if (text != null) {
    return ERROR_TEXT.test(text) ? [] : [doing({ kind: 'message', text, isDelta: true })];
  }
  if (thinking == null) return [];
  return [doing({ kind: 'thought', text: thinking, isDelta: true })];
}

/** What the program itself says in the model's place when the service failed. */
const SYNTHETIC_MODEL = '<synthetic>';
/** Qwen says it as if the model had. */
const ERROR_TEXT = /^\s*\[?API Error\b/;

function readAssistant(
  { message, error, parent_tool_use_id }: Assistant,
  { wasTold, isNewRequest }: ReturnType<MessagePieces['close']>,
): readonly AgentSignal[] {
  const texts = message.content.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  const whole = texts.join('\n\n');
  if (error != null || message.model === SYNTHETIC_MODEL || ERROR_TEXT.test(whole)) {
    const text = errorSentence(whole.trim() === '' ? (error ?? 'the service failed') : whole);
    return [{ of: 'error', kind: errorKindOf(null, `${error ?? ''} ${whole}`), text }];
  }
  const isOwn = parent_tool_use_id == null;
  return [
    ...(isNewRequest ? [{ of: 'model_request', isFruitful: message.content.length > 0 } as const] : []),
    ...message.content.flatMap((block) => readBlock(block, { isNew: isOwn && !wasTold })),
    ...(isOwn && whole.trim() !== '' ? [{ of: 'answer', text: whole } as const] : []),
  ];
}

function readBlock(
  block: Assistant['message']['content'][number],
  { isNew }: { readonly isNew: boolean },
): readonly AgentSignal[] {
  switch (block.type) {
    case 'text':
      return isNew ? [doing({ kind: 'message', text: block.text, isDelta: false })] : [];
    case 'thinking':
      return isNew ? [doing({ kind: 'thought', text: block.thinking, isDelta: false })] : [];
    case 'tool_use':
      return [
        doing({
          kind: 'tool_call',
          callId: block.id,
          status: 'running',
          tool: kindOfTool(block.name),
          name: block.name,
          title: titleOf(block.name, block.input),
          input: asText(block.input),
        }),
      ];
    case 'other':
      return [];
    default:
      return assertNever(block);
  }
}

function readUser({ message, tool_result_meta }: User, isRejected: ReaderParts['isRejected']): readonly AgentSignal[] {
  if (typeof message.content === 'string') return [];
  return message.content.flatMap((block) => {
    if (block.type === 'other') return [];
    const meta = tool_result_meta?.find(({ id }) => id === block.tool_use_id);
    const isDenied = meta?.permission_decision?.decision === 'reject' || isRejected(block.tool_use_id);
    const output = asText(block.content);
    const isBroken = block.is_error === true && BROKEN_CALL.test(output);
    const status = isDenied ? 'denied' : block.is_error === true ? 'failed' : 'completed';
    const told = {
      kind: 'tool_call',
      callId: block.tool_use_id,
      status,
      output,
      ...exitCodeIn(output, status),
    } as const;
    return [doing(told), ...(isBroken ? [{ of: 'broken_call' } as const] : [])];
  });
}

/** How the program tells its model that no tool could make anything of what it called. */
const BROKEN_CALL = /InputValidationError|No such tool available|tool_use_error|not found in registry|params must/i;

/** Claude's report of a failed command begins with it; Qwen Code's has a line for it. */
function exitCodeIn(output: string, status: string): { readonly exitCode?: number } {
  const [, code] = (status === 'failed' && /^Exit code:? (\d{1,3})\b/im.exec(output)) || [];
  return code === undefined ? {} : { exitCode: Number(code) };
}

const withStatus = (text: string, status: number | null | undefined): string =>
  status == null ? text : `${text} (HTTP ${status})`;

const asText = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every(isTextBlock)) return value.map(({ text }) => text).join('\n');
  return JSON.stringify(value) ?? '';
};

const isTextBlock = (value: unknown): value is { readonly text: string } =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
