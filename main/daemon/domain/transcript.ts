import type { Activity, PlanEntry } from '../../../contract/activity.ts';
import { assertNever } from '../../../contract/result.ts';
import type { Usage } from '../../../contract/usage.ts';
import { cutCall, describeCall } from './describe-call.ts';
import { fenced, inert, inline } from './markdown-text.ts';
import { createOpenCalls } from './open-calls.ts';
import { createQuotedSpeech } from './quoted-speech.ts';

/** Writes down a conversation with an agent for people, piece by piece. Every answer is Markdown to be appended. */
export interface Transcript {
  readonly add: (activity: Activity) => string;
  /** Something that was asked of a person or a rule, and what came of it. */
  readonly asked: (question: string, answer: string) => string;
  readonly end: (facts: EndFacts) => string;
}

interface EndFacts {
  readonly questions: readonly string[];
  readonly usage: Usage | null;
}

interface Beginning {
  readonly title: string;
  /** What the agent was given at the start. */
  readonly told: string;
}

/** Behind this only its end is written: the whole of it is in the activity itself. */
const MAX_CHARACTERS = 2_000_000;
/** A call that never ends holds what was told of it. */
const MAX_OPEN_CALLS = 200;

export function createTranscript(beginning: Beginning): Transcript {
  const speech = createQuotedSpeech();
  const calls = createOpenCalls(MAX_OPEN_CALLS);
  let written = 0;

  const section = (text: string): string => (text === '' ? '' : `${speech.close()}${text}\n\n`);
  const tell = (activity: Activity): string => {
    if (activity.kind === 'message' || activity.kind === 'thought') return speech.speak(activity);
    if (activity.kind !== 'tool_call') return section(describeActivity(activity));
    const ended = calls.tell(cutCall(activity));
    return ended === null ? '' : section(describeCall(ended));
  };
  const limited = (text: string): string => {
    if (text === '' || written > MAX_CHARACTERS) return '';
    const start = written === 0 ? describeBeginning(beginning) : '';
    written += text.length;
    const rest = written > MAX_CHARACTERS ? `${speech.close()}\nThe rest is in \`activity.jsonl\`.\n\n` : '';
    return `${start}${text}${rest}`;
  };
  return {
    add: (activity) => (written > MAX_CHARACTERS ? '' : limited(tell(activity))),
    asked: (question, answer) => limited(section(`### Asked: ${inline(question)}\n\nAnswer: ${inline(answer)}`)),
    end(facts) {
      const unended = calls.unended().map((call) => `${describeCall(call)}\n\n`);
      if (written === 0 && unended.length === 0) return '';
      const start = written === 0 ? describeBeginning(beginning) : '';
      return `${start}${speech.close()}${unended.join('')}${describeEnd(facts)}`;
    },
  };
}

const describeBeginning = ({ title, told }: Beginning): string =>
  `# ${title}\n\n## What it was told\n\n${fenced(told)}\n\n## What it did\n\n`;

/** Those that are a section of their own; empty: not told to people. */
function describeActivity(activity: Exclude<Activity, { kind: 'message' | 'thought' | 'tool_call' }>): string {
  switch (activity.kind) {
    case 'plan':
      return `### Plan\n\n${activity.entries.map(planLine).join('\n')}`;
    case 'file_change':
      return `File: ${activity.change} ${inline(activity.path)}`;
    case 'retry':
      return `Waiting for the model, retry ${activity.attempt}: ${inline(activity.text)}`;
    case 'notice':
      return `${activity.level}: ${inline(activity.text)}`;
    case 'session':
    case 'usage':
      return '';
    default:
      return assertNever(activity);
  }
}

const planLine = ({ content, status }: PlanEntry): string => `- ${status.replace('_', ' ')}: ${inline(content)}`;

function describeEnd({ questions, usage }: EndFacts): string {
  const asked = questions.map((question) => `${inert(question).replace(/^/gm, '> ')}\n\n`).join('');
  const used = usage === null ? '' : `## Used\n\n${describeUsage(usage)}\n`;
  return `${asked === '' ? '' : `## Its questions\n\n${asked}`}${used}`;
}

function describeUsage({ inputTokens, cachedInputTokens, outputTokens, costUsd, basis }: Usage): string {
  const cost = costUsd === null ? '' : `, ${costUsd} US dollars`;
  return `${inputTokens} tokens in (${cachedInputTokens} of them cached), ${outputTokens} out${cost}, ${basis}.`;
}
