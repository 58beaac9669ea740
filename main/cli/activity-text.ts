import type { ClientActivity } from '../../contract/client/client-activity.ts';
import type { JsonObject } from '../../contract/client/json-value.ts';
import { describeRetry } from './describe-retry.ts';
import { describeUsage } from './describe-usage.ts';
import { createSpokenText } from './spoken-text.ts';
import { paint, type Tone } from './state-tone.ts';
import { oneLine, type Screen } from './terminal.ts';
import { createCallTeller, type TonedLine } from './tool-call-line.ts';

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
  const { speak, close } = createSpokenText(screen);
  const calls = createCallTeller({ isLive });
  let used: JsonObject = {};

  const print = (line: TonedLine | null): string =>
    line === null || line.words === '' ? '' : `${close()}${paint(screen, line.tone, line.words)}\n`;
  return {
    tell(activity) {
      switch (activity.kind) {
        case 'message':
        case 'thought':
          return speak(activity);
        case 'tool_call':
          return print(calls.tell(activity));
        case 'plan':
          return `${print({ tone: 'live', words: 'plan' })}${activity.entries.map(planLine).join('')}`;
        case 'usage':
          used = activity.usage;
          return '';
        default:
          return print(lineOf(activity));
      }
    },
    end: () => `${close()}${calls.unended().map(print).join('')}${usageLine(used)}`,
  };
}

const MARKS: ReadonlyMap<string, string> = new Map([
  ['completed', 'x'],
  ['in_progress', '>'],
]);

const planLine = ({ content, status }: ClientActivity['entries'][number]): string =>
  `  [${MARKS.get(status) ?? ' '}] ${oneLine(content)}\n`;

/** Those that are a line of their own; null: a kind that this program does not know. */
function lineOf(activity: ClientActivity): TonedLine | null {
  const { kind, session, model, change, path, level, text } = activity;
  switch (kind) {
    case 'session':
      return { tone: 'idle', words: `session ${oneLine(session)}${model === '' ? '' : `, model ${oneLine(model)}`}` };
    case 'file_change':
      return { tone: 'idle', words: `${CHANGES.get(change) ?? 'changed'} ${oneLine(path)}` };
    case 'retry':
      return { tone: 'idle', words: describeRetry(activity) };
    case 'notice': {
      const tone = LEVEL_TONES.get(level) ?? null;
      return { tone, words: `${level === 'info' ? '' : `${level}: `}${oneLine(text)}` };
    }
    default:
      return null;
  }
}

const CHANGES: ReadonlyMap<string, string> = new Map([
  ['add', 'added'],
  ['update', 'changed'],
  ['delete', 'deleted'],
  ['move', 'moved'],
]);
const LEVEL_TONES: ReadonlyMap<string, Tone> = new Map([
  ['warning', 'warn'],
  ['error', 'fail'],
]);

function usageLine(usage: JsonObject): string {
  const used = describeUsage(usage);
  return used === '' ? '' : `used ${used}\n`;
}
