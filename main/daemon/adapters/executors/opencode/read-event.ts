import { z } from 'zod';
import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { type AgentErrorKind, kindOfStatus } from '../agent/agent-error-kind.ts';
import { doing } from '../agent/doing.ts';
import { parseLine } from '../agent/parse-line.ts';
import { kindOfTool, titleOf } from '../agent/tool-words.ts';

const count = z.number().nonnegative().max(1e12).transform(Math.round);
const Tokens = z.object({
  input: count,
  output: count,
  reasoning: count.nullish(),
  cache: z.object({ read: count, write: count }).nullish(),
});

/** What opencode 1.18 writes with `run --format json`, as far as it is read here. It tells of a tool when it has ended. */
const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step_start'), sessionID: z.string() }),
  z.object({ type: z.literal('text'), sessionID: z.string(), part: z.object({ text: z.string() }) }),
  z.object({ type: z.literal('reasoning'), sessionID: z.string(), part: z.object({ text: z.string() }) }),
  z.object({
    type: z.literal('tool_use'),
    sessionID: z.string(),
    part: z.object({
      tool: z.string(),
      callID: z.string(),
      state: z.object({
        status: z.string(),
        input: z.unknown().optional(),
        output: z.string().nullish(),
        error: z.string().nullish(),
        metadata: z.object({ exit: z.number().int().nullish() }).nullish(),
      }),
    }),
  }),
  z.object({
    type: z.literal('step_finish'),
    sessionID: z.string(),
    part: z.object({ reason: z.string(), tokens: Tokens, cost: z.number().nonnegative().nullish() }),
  }),
  z.object({
    type: z.literal('error'),
    sessionID: z.string().nullish(),
    error: z.object({
      name: z.string(),
      data: z.object({ message: z.string().nullish(), statusCode: z.number().nullish() }).nullish(),
    }),
  }),
]);
type Event = z.infer<typeof Event>;
type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;

const noUsage: Usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, costUsd: 0, basis: 'corrected' };

/** Reads one run. opencode tells what each request used: the sum is ours. */
export function createEventReader(): (line: string) => readonly AgentSignal[] {
  let usage = noUsage;
  let session: string | null = null;
  return (line) => {
    const event = parseLine(Event, line);
    if (event === null) return [];
    const greeting: readonly AgentSignal[] =
      session !== null || event.sessionID == null ? [] : [doing({ kind: 'session', session: event.sessionID })];
    session ??= event.sessionID ?? null;
    if (event.type === 'step_finish') usage = addUsage(usage, event);
    return [...greeting, ...readEvent(event, usage)];
  };
}

function readEvent(event: Event, usage: Usage): readonly AgentSignal[] {
  switch (event.type) {
    case 'step_start':
      return [{ of: 'terminal', word: null }];
    case 'text':
      return [
        doing({ kind: 'message', text: event.part.text, isDelta: false }),
        { of: 'answer', text: event.part.text },
      ];
    case 'reasoning':
      return [doing({ kind: 'thought', text: event.part.text, isDelta: false })];
    case 'tool_use':
      return readTool(event);
    case 'step_finish':
      return readStepEnd(event, usage);
    case 'error':
      return readError(event);
  }
}

function readTool({ part: { tool, callID, state } }: EventOf<'tool_use'>): readonly AgentSignal[] {
  const error = state.error ?? '';
  const isDenied = state.status === 'error' && /reject|denied|not allowed/i.test(error);
  const isBroken = tool === 'invalid' || (state.status === 'error' && /invalid arguments/i.test(error));
  const exitCode = state.metadata?.exit ?? null;
  const hasFailed = state.status === 'error' || tool === 'invalid' || (exitCode !== null && exitCode !== 0);
  return [
    doing({
      kind: 'tool_call',
      callId: callID,
      status: isDenied ? 'denied' : hasFailed ? 'failed' : 'completed',
      tool: kindOfTool(NAMES.get(tool) ?? tool),
      name: tool,
      title: titleOf(tool, state.input),
      input: JSON.stringify(state.input) ?? '',
      output: state.output ?? error,
      ...(exitCode === null ? {} : { exitCode }),
    }),
    ...(isBroken ? [{ of: 'broken_call' } as const] : []),
    ...(isDenied ? [{ of: 'denial', text: `${tool} was not allowed: ${titleOf(tool, state.input)}` } as const] : []),
  ];
}

/** Its names of tools in words that are known. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bash: 'Bash',
    read: 'Read',
    write: 'Write',
    apply_patch: 'Edit',
    patch: 'Edit',
    grep: 'Grep',
    list: 'LS',
    webfetch: 'WebFetch',
    todowrite: 'TodoWrite',
  }),
);

/** After these it asks its model again. */
const GOES_ON: ReadonlySet<string> = new Set(['tool-calls', 'unknown']);

/** A request after which nothing was used and nothing is known is one of which nothing came. */
function readStepEnd({ part: { reason, tokens } }: EventOf<'step_finish'>, usage: Usage): readonly AgentSignal[] {
  const isFruitful = !(reason === 'unknown' && tokens.input === 0 && tokens.output === 0);
  return [
    { of: 'model_request', isFruitful },
    doing({ kind: 'usage', usage }),
    { of: 'terminal', word: GOES_ON.has(reason) ? null : reason },
  ];
}

function addUsage(usage: Usage, { part: { tokens, cost } }: EventOf<'step_finish'>): Usage {
  const cached = tokens.cache?.read ?? 0;
  return {
    ...usage,
    inputTokens: usage.inputTokens + tokens.input + cached + (tokens.cache?.write ?? 0),
    cachedInputTokens: usage.cachedInputTokens + cached,
    outputTokens: usage.outputTokens + tokens.output + (tokens.reasoning ?? 0),
    costUsd: (usage.costUsd ?? 0) + (cost ?? 0),
  };
}

function readError({ error: { name, data } }: EventOf<'error'>): readonly AgentSignal[] {
  return [
    { of: 'error', kind: errorKindOf(name, data?.statusCode ?? null), text: data?.message ?? name },
    { of: 'terminal', word: 'error' },
  ];
}

function errorKindOf(name: string, status: number | null): AgentErrorKind {
  return name === 'ProviderAuthError' ? 'auth' : (kindOfStatus(status) ?? 'model');
}
