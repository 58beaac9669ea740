import { createHash } from 'node:crypto';
import type { Activity } from '../../../../../contract/activity.ts';
import type { AgentSignal } from './agent.ts';

/** More than the record keeps of a text. Taking secrets out of more would hold up everybody for seconds. */
const MAX_TEXT = 1_100_000;
/** Of what the agent says at its end: it stands in every answer about the step. */
const MAX_ANSWER = 100_000;
/** Of a line for people. */
const MAX_LINE = 10_000;
const MAX_ENTRIES = 1000;
const MAX_ID = 200;

/** A signal as large as anybody wants to hold it; an agent may write lines of many megabytes. */
export function boundSignal(signal: AgentSignal): AgentSignal {
  switch (signal.of) {
    case 'activity':
      return { ...signal, activity: boundActivity(signal.activity) };
    case 'answer':
      return { ...signal, text: cut(signal.text, MAX_ANSWER) };
    case 'question':
    case 'denial':
    case 'error':
      return { ...signal, text: cut(signal.text, MAX_LINE) };
    default:
      return signal;
  }
}

function boundActivity(activity: Activity): Activity {
  switch (activity.kind) {
    case 'message':
    case 'thought':
      return { ...activity, text: cut(activity.text, MAX_TEXT) };
    case 'notice':
    case 'retry':
      return { ...activity, text: cut(activity.text, MAX_LINE) };
    case 'plan': {
      const entries = activity.entries.slice(0, MAX_ENTRIES);
      return { ...activity, entries: entries.map((one) => ({ ...one, content: cut(one.content, MAX_LINE) })) };
    }
    case 'tool_call': {
      const { name, title, input, output } = activity;
      return {
        ...activity,
        callId: boundId(activity.callId),
        ...(name === undefined ? {} : { name: cut(name, MAX_LINE) }),
        ...(title === undefined ? {} : { title: cut(title, MAX_LINE) }),
        ...(input === undefined ? {} : { input: cut(input, MAX_TEXT) }),
        ...(output === undefined ? {} : { output: cut(output, MAX_TEXT) }),
      };
    }
    case 'file_change':
      return { ...activity, path: cut(activity.path, MAX_LINE) };
    default:
      return activity;
  }
}

/** The same id is the same again, however long it is. */
const boundId = (id: string): string => (id.length <= MAX_ID ? id : createHash('sha256').update(id).digest('hex'));

/** Cut at a blank where there is one: half of a secret would not be known for one. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength);
  const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'));
  const kept = blank > maxLength / 2 ? head.slice(0, blank) : head;
  return `${copyOf(kept)}\n[cut]`;
}

/** A slice would keep all of the text in memory that it is a slice of. */
const copyOf = (text: string): string => Buffer.from(text).toString('utf8');
