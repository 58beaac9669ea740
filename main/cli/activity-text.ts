import type { ClientActivity } from '../../contract/client/client-activity.ts';
import type { JsonObject } from '../../contract/client/json-value.ts';
import { describeUsage } from './describe-usage.ts';
import { paint, type Tone } from './state-tone.ts';
import { oneLine, printable, type Screen } from './terminal.ts';

export interface ActivityText {
  /** What to print for it; empty: nothing yet. */
  readonly tell: (activity: ClientActivity) => string;
  /** Ends what was begun, and says what was used. */
  readonly end: () => string;
}

/**
 * What an agent does, to be read: what it says as text, what it thinks dimmed, everything else on a line. `isLive`: who
 * looks on wants to know of a tool while it runs, too.
 */
export function createActivityText(screen: Screen, { isLive }: { readonly isLive: boolean }): ActivityText {
  const calls = new Map<string, CallFacts>();
  let spoken: string | null = null;
  let used: JsonObject = {};
  let isAtLineStart = true;

  const close = (): string => {
    const ending = isAtLineStart ? '' : '\n';
    spoken = null;
    isAtLineStart = true;
    return ending;
  };
  const speak = ({ kind, text, isDelta }: ClientActivity): string => {
    const before = isDelta && spoken === kind ? '' : close();
    const opening = before === '' && spoken === kind ? '' : kind === 'thought' ? 'thinks: ' : '';
    const said = printable(text);
    if (said !== '') isAtLineStart = said.endsWith('\n');
    spoken = isDelta ? kind : null;
    const words = paint(screen, kind === 'thought' ? 'idle' : null, `${opening}${said}`);
    return `${before}${words}${isDelta ? '' : close()}`;
  };
  const line = (tone: Tone | null, text: string): string => `${close()}${paint(screen, tone, text)}\n`;
  const tellCall = (told: ClientActivity): string => {
    const facts = { ...calls.get(told.callId), ...factsOf(told) };
    const isRunning = told.status === 'pending' || told.status === 'running';
    const isKnown = calls.has(told.callId);
    if (isRunning) calls.set(told.callId, facts);
    else calls.delete(told.callId);
    if (isRunning && (isKnown || !isLive)) return '';
    const exit = told.exitCode === null ? '' : `, exit ${told.exitCode}`;
    const about = facts.title === undefined ? '' : `: ${facts.title}`;
    const words = `${facts.name ?? 'tool'} ${isRunning ? 'runs' : told.status}${exit}${about}`;
    return line(TOOL_TONES.get(told.status) ?? 'live', words);
  };
  const tell = (activity: ClientActivity): string => {
    switch (activity.kind) {
      case 'message':
      case 'thought':
        return speak(activity);
      case 'tool_call':
        return tellCall(activity);
      case 'plan':
        return `${line('live', 'plan')}${activity.entries.map(planLine).join('')}`;
      case 'usage':
        used = activity.usage;
        return '';
      default: {
        const words = describeActivity(activity);
        return words === ''
          ? ''
          : line(activity.kind === 'notice' ? (LEVEL_TONES.get(activity.level) ?? null) : 'idle', words);
      }
    }
  };
  return { tell, end: () => `${close()}${usageLine(used)}` };
}

interface CallFacts {
  readonly name?: string;
  readonly title?: string;
}

const factsOf = ({ name, tool, title }: ClientActivity): CallFacts => ({
  ...(name === '' && tool === '' ? {} : { name: oneLine(name === '' ? tool : name) }),
  ...(title === '' ? {} : { title: oneLine(title) }),
});

const TOOL_TONES: ReadonlyMap<string, Tone> = new Map([
  ['completed', 'done'],
  ['failed', 'fail'],
  ['denied', 'you'],
]);
const LEVEL_TONES: ReadonlyMap<string, Tone> = new Map([
  ['warning', 'warn'],
  ['error', 'fail'],
]);
const MARKS: ReadonlyMap<string, string> = new Map([
  ['completed', 'x'],
  ['in_progress', '>'],
]);

const planLine = ({ content, status }: ClientActivity['entries'][number]): string =>
  `  [${MARKS.get(status) ?? ' '}] ${oneLine(content)}\n`;

/** Those that are a line of their own; empty: a kind that this program does not know. */
function describeActivity(activity: ClientActivity): string {
  switch (activity.kind) {
    case 'session':
      return `session ${oneLine(activity.session)}${activity.model === '' ? '' : `, model ${oneLine(activity.model)}`}`;
    case 'file_change':
      return `${CHANGES.get(activity.change) ?? 'changed'} ${oneLine(activity.path)}`;
    case 'retry':
      return describeRetry(activity);
    case 'notice':
      return `${activity.level === 'info' ? '' : `${activity.level}: `}${oneLine(activity.text)}`;
    default:
      return '';
  }
}

const CHANGES: ReadonlyMap<string, string> = new Map([
  ['add', 'added'],
  ['update', 'changed'],
  ['delete', 'deleted'],
  ['move', 'moved'],
]);

/** `waiting for the model, retry 3 of 10: overloaded`. */
export function describeRetry({ attempt, max, text }: Pick<ClientActivity, 'attempt' | 'max' | 'text'>): string {
  const why = oneLine(text);
  return `waiting for the model, retry ${attempt}${max === null ? '' : ` of ${max}`}${why === '' ? '' : `: ${why}`}`;
}

function usageLine(usage: JsonObject): string {
  const used = describeUsage(usage);
  return used === '' ? '' : `used ${used}\n`;
}
