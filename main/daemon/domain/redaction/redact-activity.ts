import type { Activity } from '../../../../contract/activity.ts';
import { assertNever } from '../../../../contract/result.ts';
import { firstCharacters } from '../first-characters.ts';

/** Takes secrets out of a text that comes in pieces: what may be the start of one is held back. */
export interface TextRedactor {
  readonly push: (piece: string) => string;
  readonly flush: () => string;
}

export interface ActivityRedactor {
  /** The activity without secrets, and before it what was held back of pieces that end with it. */
  readonly push: (activity: Activity) => readonly Activity[];
  /** The rest: nothing more comes. */
  readonly flush: () => readonly Activity[];
}

export interface RedactingParts {
  readonly redact: (text: string) => string;
  readonly startText: () => TextRedactor;
}

type Spoken = 'message' | 'thought';

/** Of a text that is longer than a reader would take, its start. Redacted before, because of half a secret nothing is known. */
const MAX_TEXT = 1_000_000;
const CUT = '\n[cut]';

/** Takes secrets out of what an agent does; one for each attempt. */
export function createActivityRedactor({ redact, startText }: RedactingParts): ActivityRedactor {
  let open: { readonly kind: Spoken; readonly text: TextRedactor } | null = null;

  const close = (): readonly Activity[] => {
    if (open === null) return [];
    const { kind, text } = open;
    open = null;
    return pieceOf(kind, text.flush());
  };
  const speak = (kind: Spoken, piece: string): readonly Activity[] => {
    const before = open?.kind === kind ? [] : close();
    open ??= { kind, text: startText() };
    return [...before, ...pieceOf(kind, open.text.push(piece))];
  };
  return {
    push(activity) {
      if ((activity.kind === 'message' || activity.kind === 'thought') && activity.isDelta) {
        return speak(activity.kind, activity.text);
      }
      const clean = redactWhole(activity, (text) => cut(redact(text)));
      return isAside(activity) ? [clean] : [...close(), clean];
    },
    flush: close,
  };
}

/** What comes in the midst of a sentence without ending it. */
const isAside = ({ kind }: Activity): boolean => kind === 'usage' || kind === 'session';

const pieceOf = (kind: Spoken, text: string): readonly Activity[] =>
  text === '' ? [] : [{ kind, text: cut(text), isDelta: true }];

const cut = (text: string): string =>
  text.length <= MAX_TEXT ? text : `${firstCharacters(text, MAX_TEXT - CUT.length)}${CUT}`;

type Redact = (text: string) => string;

function redactWhole(activity: Activity, redact: Redact): Activity {
  switch (activity.kind) {
    case 'session': {
      const { session, model, mode } = activity;
      return { ...activity, session: redact(session), ...given({ model, mode }, redact) };
    }
    case 'message':
    case 'thought':
    case 'notice':
    case 'retry':
      return { ...activity, text: redact(activity.text) };
    case 'plan': {
      const entries = activity.entries.map(({ content, status }) => ({ content: redact(content), status }));
      return { ...activity, entries };
    }
    case 'tool_call': {
      const { callId, name, title, input, output } = activity;
      return { ...activity, callId: redact(callId), ...given({ name, title, input, output }, redact) };
    }
    case 'file_change':
      return { ...activity, path: redact(activity.path) };
    case 'usage':
      return activity;
    default:
      return assertNever(activity);
  }
}

/** Those of the texts that are there. */
function given<Key extends string>(texts: Readonly<Record<Key, string | undefined>>, redact: Redact) {
  const clean: Partial<Record<Key, string>> = {};
  for (const key in texts) {
    const text = texts[key];
    if (text !== undefined) clean[key] = redact(text);
  }
  return clean;
}
