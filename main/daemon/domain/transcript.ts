import type { Activity } from '../../../contract/activity.ts';
import type { Usage } from '../../../contract/usage.ts';

/** Writes down a conversation with an agent for people, piece by piece. Every answer is Markdown to be appended. */
export interface Transcript {
  readonly add: (activity: Activity) => string;
  /** Something that was asked of a person or a rule, and what came of it. */
  readonly asked: (question: string, answer: string) => string;
  readonly end: (facts: { readonly questions: readonly string[]; readonly usage: Usage | null }) => string;
}

/** Behind this only its end is written: the whole of it is in the activity itself. */
const MAX_CHARACTERS = 2_000_000;
/** Of what a tool was given, and of what it answered. */
const MAX_QUOTED = 4000;
/** A call that never ends holds what was told of it. */
const MAX_OPEN_CALLS = 200;

/**
 * What an agent says is quoted: no line of it can pass for a heading of ours. `told` is what it was given at the start.
 */
export function createTranscript({ title, told }: { readonly title: string; readonly told: string }): Transcript {
  const calls = new Map<string, ToolCall>();
  let open: Spoken | null = null;
  let isAtLineStart = true;
  let written = 0;
  let isBegun = false;

  const close = (): string => {
    const ending = open === null ? '' : isAtLineStart ? '\n' : '\n\n';
    open = null;
    isAtLineStart = true;
    return ending;
  };
  const speak = (kind: Spoken, text: string): string => {
    if (text === '') return '';
    const heading = open === kind ? '' : `${close()}### ${kind === 'message' ? 'Agent' : 'Agent, to itself'}\n\n`;
    open = kind;
    const lines = text.split(LINE_END);
    const quoted = lines.map((line, index) => (index > 0 || isAtLineStart ? `> ${line}` : line)).join('\n');
    // A line that only begins is begun with its first letter, or the quote mark would stand for nothing.
    const isCutShort = lines.at(-1) === '';
    isAtLineStart = isCutShort;
    return `${heading}${isCutShort ? quoted.slice(0, -2) : quoted}`;
  };
  const section = (text: string): string => `${close()}${text}\n\n`;
  const tell = (activity: Activity): string => {
    switch (activity.kind) {
      case 'message':
      case 'thought': {
        const said = speak(activity.kind, activity.text);
        return activity.isDelta ? said : `${said}${close()}`;
      }
      case 'tool_call':
        return tellCall(activity);
      case 'plan':
        return section(`### Plan\n\n${activity.entries.map(planLine).join('\n')}`);
      case 'file_change':
        return section(`File: ${activity.change} ${inline(activity.path)}`);
      case 'retry':
        return section(`Waiting for the model, retry ${activity.attempt}: ${inline(activity.text)}`);
      case 'notice':
        return section(`${activity.level}: ${inline(activity.text)}`);
      default:
        return '';
    }
  };
  const tellCall = (told: ToolCall): string => {
    const call = { ...calls.get(told.callId), ...definedOf(told) };
    const isRunning = told.status === 'pending' || told.status === 'running';
    calls.delete(told.callId);
    if (!isRunning) return section(describeCall(call));
    if (calls.size < MAX_OPEN_CALLS) calls.set(told.callId, cutCall(call));
    return '';
  };
  const limited = (text: string): string => {
    if (text === '' || written > MAX_CHARACTERS) return '';
    const start = isBegun ? '' : `# ${title}\n\n## What it was told\n\n${fenced(told)}\n\n## What it did\n\n`;
    isBegun = true;
    written += text.length;
    const rest = written > MAX_CHARACTERS ? `${close()}\nThe rest is in \`activity.jsonl\`.\n\n` : '';
    return `${start}${text}${rest}`;
  };
  return {
    add: (activity) => (written > MAX_CHARACTERS ? '' : limited(tell(activity))),
    asked: (question, answer) => limited(section(`### Asked: ${inline(question)}\n\nAnswer: ${inline(answer)}`)),
    end({ questions, usage }) {
      if (!isBegun) return '';
      const unended = [...calls.values()].map((call) => `${describeCall(call)}\n\n`).join('');
      const asked = questions.map((question) => `${quoted(question)}\n\n`).join('');
      const used = usage === null ? '' : `## Used\n\n${describeUsage(usage)}\n`;
      return `${close()}${unended}${asked === '' ? '' : `## Its questions\n\n${asked}`}${used}`;
    },
  };
}

/** Each of these ends a line of Markdown. */
const LINE_END = /\r\n|\r|\n/;

type Spoken = 'message' | 'thought';
type ToolCall = Extract<Activity, { kind: 'tool_call' }>;

/** What is absent stays as it was. */
const definedOf = (call: ToolCall): ToolCall => {
  const { input, output, title, name, tool, exitCode } = call;
  return {
    kind: call.kind,
    callId: call.callId,
    status: call.status,
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(title === undefined ? {} : { title }),
    ...(name === undefined ? {} : { name }),
    ...(tool === undefined ? {} : { tool }),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
};

const cutCall = (call: ToolCall): ToolCall => ({
  ...call,
  ...(call.input === undefined ? {} : { input: cut(call.input) }),
  ...(call.output === undefined ? {} : { output: cut(call.output) }),
});

function describeCall({ name, tool, title, status, exitCode, input, output }: ToolCall): string {
  const exit = exitCode === undefined ? '' : `, exit ${exitCode}`;
  const about = title === undefined || title === '' ? '' : `\n\n${inline(title)}`;
  const given = input === undefined || input === '' || input === title ? '' : `\n\nGiven:\n\n${fenced(cut(input))}`;
  const answered = output === undefined || output === '' ? '' : `\n\nAnswered:\n\n${fenced(cut(output))}`;
  return `### Tool ${inline(name ?? tool ?? 'tool')}: ${status}${exit}${about}${given}${answered}`;
}

const cut = (text: string): string =>
  text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED).replace(/[\uD800-\uDBFF]$/, '')}\n[cut]`;

const planLine = ({ content, status }: Extract<Activity, { kind: 'plan' }>['entries'][number]): string =>
  `- ${status.replace('_', ' ')}: ${inline(content)}`;

const quoted = (text: string): string => text.replace(/^/gm, '> ');

/** Nothing in the text ends the fence. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** One line of code: nothing in it is Markdown. */
function inline(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().slice(0, MAX_QUOTED);
  const ticks = '`'.repeat(longestTicks(line) + 1);
  return line === '' ? '(nothing)' : `${ticks} ${line} ${ticks}`;
}

const longestTicks = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, ticks) => Math.max(longest, ticks.length), 0);

function describeUsage({ inputTokens, cachedInputTokens, outputTokens, costUsd, basis }: Usage): string {
  const cost = costUsd === null ? '' : `, ${costUsd} US dollars`;
  return `${inputTokens} tokens in (${cachedInputTokens} of them cached), ${outputTokens} out${cost}, ${basis}.`;
}
