import type { ContentBlock, SessionUpdate, ToolCall, ToolCallContent, ToolCallUpdate } from '@agentclientprotocol/sdk';
import type { Activity, ToolKind, ToolStatus } from '../../../../../contract/activity.ts';
import type { AgentSignal } from '../agent/agent.ts';

type ToolActivity = Extract<Activity, { kind: 'tool_call' }>;

/** Reads one session's updates: what the agent says comes in pieces, and what it said last is its answer. */
export interface UpdateReader {
  readonly read: (update: SessionUpdate) => readonly AgentSignal[];
  /** What was said since the last tool call. */
  readonly said: () => string;
}

export function createUpdateReader(): UpdateReader {
  let said = '';
  return {
    read(update) {
      if (update.sessionUpdate === 'agent_message_chunk') said += textOf(update.content);
      if (update.sessionUpdate === 'tool_call') said = '';
      return readUpdate(update);
    },
    said: () => said,
  };
}

function readUpdate(update: SessionUpdate): readonly AgentSignal[] {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
      return piece('message', textOf(update.content));
    case 'agent_thought_chunk':
      return piece('thought', textOf(update.content));
    case 'tool_call':
      return [{ of: 'model_request', isFruitful: true }, ...readTool(update)];
    case 'tool_call_update':
      return readTool(update);
    case 'plan': {
      const entries = update.entries.map(({ content, status }) => ({ content, status }));
      return [{ of: 'activity', activity: { kind: 'plan', entries } }];
    }
    case 'session_info_update':
      return hasSystemError(update._meta)
        ? [{ of: 'error', kind: 'model', text: 'The agent told of a system error' }]
        : [];
    case 'notice':
      return readNotice(update);
    default:
      return []; // modes, commands, titles, context windows: nothing that a task is about
  }
}

const piece = (kind: 'message' | 'thought', text: string): readonly AgentSignal[] =>
  text === '' ? [] : [{ of: 'activity', activity: { kind, text, isDelta: true } }];

function readNotice(notice: Extract<SessionUpdate, { sessionUpdate: 'notice' }>): readonly AgentSignal[] {
  const level = notice.severity === 'warning' || notice.severity === 'error' ? notice.severity : 'info';
  const text = JSON.stringify(notice);
  return [{ of: 'activity', activity: { kind: 'notice', level, text: text.slice(0, 4000) } }];
}

/** codex-acp ends a turn as if all were well and says only here that its service failed. */
const hasSystemError = (meta: unknown): boolean => /"systemError"/.test(JSON.stringify(meta) ?? '');

const BROKEN_CALL =
  /invalid (?:input|arguments|params)|required property|not found in registry|no such tool|unavailable tool/i;

function readTool(call: ToolCall | ToolCallUpdate): readonly AgentSignal[] {
  const activity = toolActivityOf(call);
  const isBroken = activity.status === 'failed' && BROKEN_CALL.test(activity.output ?? '');
  return [{ of: 'activity', activity }, ...(isBroken ? [{ of: 'broken_call' } as const] : [])];
}

/** What is absent stays as it was. */
export function toolActivityOf(call: ToolCall | ToolCallUpdate): ToolActivity {
  const { toolCallId, kind, title, name, status, rawInput } = call;
  const output = outputOf(call);
  const exitCode = exitCodeIn(call._meta);
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

/** Where an agent runs its own terminals, its exit status comes beside the protocol. */
function exitCodeIn(meta: unknown): number | null {
  const [, code] = /"exit_code":(-?\d+)/.exec(JSON.stringify(meta) ?? '') ?? [];
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
  const lines = (sign: string, text: string) => (text === '' ? [] : text.split('\n').map((line) => `${sign}${line}`));
  return [`--- ${path}`, `+++ ${path}`, '@@', ...lines('-', oldText ?? ''), ...lines('+', newText)].join('\n');
}

const textOf = (content: ContentBlock): string => (content.type === 'text' ? content.text : '');

export const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

const isEmpty = (value: unknown): boolean => asText(value) === '{}';
