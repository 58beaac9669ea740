import { z } from 'zod';
import type { ToolKind } from '../../../../../contract/activity.ts';
import { assertNever } from '../../../../../contract/result.ts';
import type { AgentSignal } from '../agent/agent.ts';
import type { AgentErrorKind } from '../agent/agent-error-kind.ts';
import { doing } from '../agent/doing.ts';
import { errorSentence } from '../agent/error-sentence.ts';
import { parseLine } from '../agent/parse-line.ts';
import { kindOfTool, titleOf } from '../agent/tool-words.ts';

const count = z.number().nonnegative().max(1e12).transform(Math.round);

/** What Gemini CLI 0.61 writes with `-o stream-json`, as far as it is read here. */
const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('init'), session_id: z.string(), model: z.string().nullish() }),
  z.object({
    type: z.literal('message'),
    role: z.string(),
    content: z.string(),
    delta: z.boolean().nullish(),
  }),
  z.object({
    type: z.literal('tool_use'),
    tool_name: z.string(),
    tool_id: z.string(),
    parameters: z.unknown().optional(),
  }),
  z.object({
    type: z.literal('tool_result'),
    tool_id: z.string(),
    status: z.string(),
    output: z.string().nullish(),
    error: z.object({ type: z.string().nullish(), message: z.string() }).nullish(),
  }),
  z.object({ type: z.literal('error'), severity: z.string(), message: z.string() }),
  z.object({
    type: z.literal('result'),
    status: z.string(),
    error: z.object({ message: z.string() }).nullish(),
    stats: z.object({ input_tokens: count, output_tokens: count, cached: count.nullish() }).nullish(),
  }),
]);
type Event = z.infer<typeof Event>;

/**
 * Reads one run: what the agent says comes in pieces, and what it said last is its answer. Requests are not told: what
 * comes of the model first, or first after a tool, answers another one.
 */
export function createEventReader(): (line: string) => readonly AgentSignal[] {
  let said = '';
  let isAnswering = false;
  return (line) => {
    const event = parseLine(Event, line);
    if (event === null) return [];
    if (event.type === 'message' && event.role === 'assistant') said += event.content;
    if (event.type === 'tool_use') said = '';
    const isAnswer = event.type === 'tool_use' || (event.type === 'message' && event.role === 'assistant');
    const asked: readonly AgentSignal[] = isAnswer && !isAnswering ? [{ of: 'model_request', isFruitful: true }] : [];
    isAnswering = isAnswer || (isAnswering && event.type !== 'tool_result');
    const signals = [...asked, ...readEvent(event)];
    return event.type === 'result' && said.trim() !== '' ? [{ of: 'answer', text: said }, ...signals] : signals;
  };
}

function readEvent(event: Event): readonly AgentSignal[] {
  switch (event.type) {
    case 'init': {
      const model = event.model == null ? {} : { model: event.model };
      return [doing({ kind: 'session', session: event.session_id, ...model })];
    }
    case 'message':
      if (event.role !== 'assistant') return [];
      return [doing({ kind: 'message', text: event.content, isDelta: event.delta === true })];
    case 'tool_use':
      return [startedCall(event)];
    case 'tool_result':
      return readToolResult(event);
    case 'error':
      return readError(event);
    case 'result':
      return readResult(event);
    default:
      return assertNever(event);
  }
}

function startedCall({ tool_id, tool_name, parameters }: Extract<Event, { type: 'tool_use' }>): AgentSignal {
  const tool: ToolKind = kindOfTool(tool_name);
  return doing({
    kind: 'tool_call',
    callId: tool_id,
    status: 'running',
    tool,
    name: tool_name,
    title: titleOf(tool_name, parameters),
    input: JSON.stringify(parameters) ?? '',
  });
}

/** `success` says only that the tool ran: the exit status of a command is not told. */
function readToolResult({ tool_id, status, output, error }: Extract<Event, { type: 'tool_result' }>) {
  const isBroken = error != null && /invalid_tool_params|tool_not_registered/.test(error.type ?? '');
  const isDenied =
    error != null && /policy_violation|denied by policy|not allowed/i.test(`${error.type} ${error.message}`);
  const activity: AgentSignal = doing({
    kind: 'tool_call',
    callId: tool_id,
    status: isDenied ? 'denied' : status === 'success' ? 'completed' : 'failed',
    output: error?.message ?? output ?? '',
  });
  return [
    activity,
    ...(isBroken ? [{ of: 'broken_call' } as const] : []),
    ...(isDenied ? [{ of: 'denial', text: error.message } as const] : []),
  ];
}

function readError({ severity, message }: Extract<Event, { type: 'error' }>): readonly AgentSignal[] {
  if (severity === 'error' || LOOP.test(message))
    return [{ of: 'error', kind: errorKindOf(message), text: errorSentence(message) }];
  return [doing({ kind: 'notice', level: 'warning', text: message })];
}

function readResult({ status, error, stats }: Extract<Event, { type: 'result' }>): readonly AgentSignal[] {
  const usage: readonly AgentSignal[] = stats == null ? [] : [doing(usageOf(stats))];
  const failure: readonly AgentSignal[] =
    error == null ? [] : [{ of: 'error', kind: errorKindOf(error.message), text: errorSentence(error.message) }];
  return [...usage, ...failure, { of: 'terminal', word: status }];
}

const usageOf = (stats: { input_tokens: number; output_tokens: number; cached?: number | null | undefined }) => ({
  kind: 'usage' as const,
  usage: {
    inputTokens: stats.input_tokens,
    cachedInputTokens: stats.cached ?? 0,
    outputTokens: stats.output_tokens,
    costUsd: null,
    basis: 'reported' as const,
  },
});

/** Only a warning to Gemini, which then ends as if all were well. */
const LOOP = /^Loop detected/;

function errorKindOf(text: string): AgentErrorKind {
  if (LOOP.test(text)) return 'loop';
  if (text.startsWith('Maximum session turns')) return 'limit';
  if (/\b40[13]\b|UNAUTHENTICATED|PERMISSION_DENIED|api key/i.test(text)) return 'auth';
  if (/\b429\b|RESOURCE_EXHAUSTED|quota/i.test(text)) return 'rate_limit';
  return 'model';
}
