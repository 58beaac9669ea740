import type { ContentBlock, SessionUpdate, ToolCall, ToolCallContent, ToolCallUpdate } from '@agentclientprotocol/sdk';
import type { Activity, ToolKind, ToolStatus } from '../../../../../contract/activity.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { errorSentence } from '../agent/error-sentence.ts';
import { errorKindOfText } from './error-kind.ts';
import { createUnseenRequests } from './unseen-requests.ts';

type ToolActivity = Extract<Activity, { kind: 'tool_call' }>;

/** Reads one session's updates: what the agent says comes in pieces, and what it said last is its answer. */
export interface UpdateReader {
  readonly read: (update: SessionUpdate) => readonly AgentSignal[];
  /** The call was not allowed: that it failed means nothing else. */
  readonly reject: (callId: string) => void;
  /** The agent asks for a call: some tell of it in no other way. */
  readonly ask: (call: ToolCallUpdate) => readonly AgentSignal[];
  /** The model is asked, says the agent: before that came a call of a tool, or nothing. Most agents never say it. */
  readonly request: () => readonly AgentSignal[];
  /** The turn has ended: the answer is what was said since the last tool call. */
  readonly end: () => readonly AgentSignal[];
}

export function createUpdateReader(): UpdateReader {
  const rejected = new Set<string>();
  let said = '';
  let isAnswering = false;
  let hasFailed = false;
  /** Since the model was asked. */
  let hasCalled = true;
  const unseen = createUnseenRequests();

  const answering = (): readonly AgentSignal[] => {
    const isNew = !isAnswering;
    isAnswering = true;
    return isNew ? [{ of: 'model_request', isFruitful: true }] : [];
  };
  return {
    read(update) {
      if (isSystemError(update)) hasFailed = true;
      unseen.take(update);
      if (update.sessionUpdate === 'agent_message_chunk') said += textOf(update.content);
      if (update.sessionUpdate === 'tool_call') said = '';
      if (isOfACall(update)) hasCalled = true;
      if (isEndOfCall(update)) isAnswering = false;
      const asked = isOfTheModel(update) ? answering() : [];
      // codex-acp says in the model's place what its service answered.
      return hasFailed && isOfTheModel(update) ? asked : [...asked, ...readUpdate(update, rejected)];
    },
    ask(call) {
      said = '';
      hasCalled = true;
      unseen.ask();
      return [...answering(), doing({ ...toolActivityOf(call), status: 'pending' })];
    },
    reject: (callId) => void rejected.add(callId),
    request() {
      const isFirstOrNext = hasCalled;
      hasCalled = false;
      return isFirstOrNext ? [] : [{ of: 'model_request', isFruitful: false }];
    },
    end() {
      const doubt = unseen.doubt();
      if (!hasFailed)
        return [{ of: 'answer', text: said }, ...(doubt === null ? [] : [{ of: 'doubt', text: doubt } as const])];
      const text = errorSentence(said.trim());
      return text === '' ? [] : [{ of: 'error', kind: errorKindOfText(said), text }];
    },
  };
}

/** Requests are not told: what comes of the model first, or first after a tool, answers another one. */
const isOfTheModel = ({ sessionUpdate }: SessionUpdate): boolean =>
  sessionUpdate === 'agent_message_chunk' || sessionUpdate === 'agent_thought_chunk' || sessionUpdate === 'tool_call';

const isOfACall = ({ sessionUpdate }: SessionUpdate): boolean =>
  sessionUpdate === 'tool_call' || sessionUpdate === 'tool_call_update';

const isEndOfCall = (update: SessionUpdate): boolean =>
  update.sessionUpdate === 'tool_call_update' && (update.status === 'completed' || update.status === 'failed');

function readUpdate(update: SessionUpdate, rejected: ReadonlySet<string>): readonly AgentSignal[] {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
      return piece('message', textOf(update.content));
    case 'agent_thought_chunk':
      return piece('thought', textOf(update.content));
    case 'tool_call':
    case 'tool_call_update':
      return readTool(update, rejected);
    case 'plan': {
      const entries = update.entries.map(({ content, status }) => ({ content, status }));
      return [doing({ kind: 'plan', entries })];
    }
    case 'session_info_update':
      return isSystemError(update) ? [{ of: 'error', kind: 'model', text: 'The agent told of a system error' }] : [];
    case 'notice':
      return readNotice(update);
    default:
      return []; // modes, commands, titles, context windows: nothing that a task is about
  }
}

const piece = (kind: 'message' | 'thought', text: string): readonly AgentSignal[] =>
  text === '' ? [] : [doing({ kind, text, isDelta: true })];

function readNotice(notice: Extract<SessionUpdate, { sessionUpdate: 'notice' }>): readonly AgentSignal[] {
  const level = notice.severity === 'warning' || notice.severity === 'error' ? notice.severity : 'info';
  return [doing({ kind: 'notice', level, text: JSON.stringify(notice) })];
}

/** codex-acp ends a turn as if all were well and says only here that its service failed. */
const isSystemError = (update: SessionUpdate): boolean =>
  update.sessionUpdate === 'session_info_update' && /"systemError"/.test(JSON.stringify(update._meta) ?? '');

const BROKEN_CALL =
  /invalid (?:input|arguments|params)|InputValidationError|required property|not found in registry|no such tool|unavailable tool/i;

function readTool(call: ToolCall | ToolCallUpdate, rejected: ReadonlySet<string>): readonly AgentSignal[] {
  const activity = toolActivityOf(call);
  if (activity.status === 'failed' && rejected.has(activity.callId)) {
    return [doing({ ...activity, status: 'denied' })];
  }
  const output = activity.output ?? '';
  const isBroken = activity.status === 'failed' ? BROKEN_CALL.test(output) : output.startsWith(OPENCODE_BROKEN);
  if (!isBroken) return [doing(activity)];
  return [doing({ ...activity, status: 'failed' }), { of: 'broken_call' }];
}

/** opencode puts a tool of its own in the place of such a call, and that one completes. */
const OPENCODE_BROKEN = 'The arguments provided to the tool are invalid';

/** What is absent stays as it was. */
export function toolActivityOf(call: ToolCall | ToolCallUpdate): ToolActivity {
  const { toolCallId, kind, title, name, status, rawInput } = call;
  const output = outputOf(call);
  const exitCode = exitCodeIn(call) ?? (status === 'failed' ? exitCodeOf(output ?? '') : null);
  return {
    kind: 'tool_call',
    callId: toolCallId,
    status: STATUSES[status ?? 'in_progress'] ?? 'running',
    ...(kind == null ? {} : { tool: kindOf(kind) }),
    ...(name == null ? {} : { name }),
    ...(title == null ? {} : { title }),
    ...(rawInput === undefined || isEmpty(rawInput) ? {} : { input: asText(rawInput) }),
    ...(output === null ? {} : { output }),
    ...(exitCode === null ? {} : { exitCode }),
  };
}

const STATUSES: Readonly<Record<string, ToolStatus>> = {
  pending: 'pending',
  in_progress: 'running',
  completed: 'completed',
  failed: 'failed',
};

export const kindOf = (kind: NonNullable<ToolCall['kind']>): ToolKind => (kind === 'switch_mode' ? 'other' : kind);

function outputOf({ content, rawOutput }: ToolCall | ToolCallUpdate): string | null {
  const texts = (content ?? []).flatMap((one) => (one.type === 'content' ? [textOf(one.content)] : []));
  if (texts.length > 0) return texts.join('\n');
  return rawOutput == null ? null : asText(rawOutput);
}

/** Where an agent runs its own terminals, its exit status comes beside the protocol: codex-acp's and opencode's. */
function exitCodeIn({ _meta, rawOutput }: ToolCall | ToolCallUpdate): number | null {
  const [, code] =
    /"exit_code":(-?\d{1,9})\b/.exec(JSON.stringify(_meta) ?? '') ??
    /"exit":(\d{1,3}),"truncated"/.exec(JSON.stringify(rawOutput) ?? '') ??
    [];
  return code === undefined ? null : Number(code);
}

/** Claude and Qwen Code report a failed command in lines. */
function exitCodeOf(output: string): number | null {
  const [, code] = /^Exit code:? (\d{1,3})$/im.exec(output) ?? [];
  return code === undefined ? null : Number(code);
}

/** What a call would change: the diffs in it, each with its file. */
export function diffIn(content: readonly ToolCallContent[] | null | undefined): string | null {
  const diffs = (content ?? []).flatMap((one) => (one.type === 'diff' ? [showDiff(one)] : []));
  return diffs.length === 0 ? null : diffs.join('\n');
}

interface Diff {
  readonly path: string;
  readonly oldText?: string | null | undefined;
  readonly newText: string;
}

function showDiff({ path, oldText, newText }: Diff): string {
  const lines = (sign: string, text: string) =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${sign}${line}`);
  return [`--- ${path}`, `+++ ${path}`, '@@', ...lines('-', oldText ?? ''), ...lines('+', newText)].join('\n');
}

const textOf = (content: ContentBlock): string => (content.type === 'text' ? content.text : '');

export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const isEmpty = (value: unknown): boolean => asText(value) === '{}';
