import type { ClientActivity } from '../../../contract/client/client-activity.ts';
import type { JsonObject } from '../../../contract/client/json-value.ts';

interface Told {
  /** Unique within a transcript, and the same however much is told later. */
  readonly id: string;
  readonly atMs: number;
}

export interface SpokenEntry extends Told {
  readonly kind: 'message' | 'thought';
  readonly text: string;
}

export interface CallEntry extends Told {
  readonly kind: 'call';
  readonly callId: string;
  readonly name: string;
  readonly tool: string;
  readonly title: string;
  readonly input: string;
  readonly output: string;
  readonly status: string;
  readonly exitCode: number | null;
  /** When its end was told; null: it was not. */
  readonly endedAtMs: number | null;
}

export interface PlanEntry extends Told {
  readonly kind: 'plan';
  readonly steps: ClientActivity['entries'];
}

export interface ChangesEntry extends Told {
  readonly kind: 'changes';
  readonly files: readonly { readonly path: string; readonly change: string }[];
}

export interface RetryEntry extends Told {
  readonly kind: 'retry';
  readonly attempt: number;
  readonly max: number | null;
  readonly text: string;
}

export interface NoteEntry extends Told {
  readonly kind: 'note';
  readonly level: string;
  readonly text: string;
}

/** Something that an agent did, as it is shown. */
export type TranscriptEntry = SpokenEntry | CallEntry | PlanEntry | ChangesEntry | RetryEntry | NoteEntry;

export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  /** The newest that was told; empty: nothing was. */
  readonly usage: JsonObject;
}

/** What an agent did, put together from what was told of it, piece by piece. */
export interface TranscriptBook {
  readonly add: (told: readonly ClientActivity[]) => void;
  /** The same object as long as nothing was added; entries that did not change are the same, too. */
  readonly read: () => Transcript;
}

export function createTranscriptBook(): TranscriptBook {
  const entries: TranscriptEntry[] = [];
  const calls = new Map<string, number>();
  let usage: JsonObject = {};
  let lastSpoke: { readonly kind: string; readonly isDelta: boolean } | null = null;
  let shown: Transcript | null = null;

  const begin = (entry: TranscriptEntry): void => void entries.push(entry);
  /** Replaces the last entry when it is of that kind; otherwise begins one. */
  const goOn = <T extends TranscriptEntry>(
    fresh: T,
    merge: (last: TranscriptEntry) => TranscriptEntry | null,
  ): void => {
    const last = entries.at(-1);
    const merged = last === undefined ? null : merge(last);
    if (merged === null) begin(fresh);
    else entries[entries.length - 1] = merged;
  };
  const fact = (atMs: number): Told => ({ id: `e${entries.length}`, atMs });

  const speak = (kind: 'message' | 'thought', { atMs, text, isDelta }: ClientActivity): void => {
    const isGoingOn = isDelta && lastSpoke?.kind === kind && lastSpoke.isDelta;
    goOn({ ...fact(atMs), kind, text }, (last) =>
      isGoingOn && last.kind === kind ? { ...last, text: last.text + text } : null,
    );
    lastSpoke = { kind, isDelta };
  };

  const addCall = (told: ClientActivity): void => {
    const at = calls.get(told.callId);
    const known = at === undefined ? undefined : entries[at];
    if (at === undefined || known?.kind !== 'call') {
      calls.set(told.callId, entries.length);
      begin(callOf(told, { ...fact(told.atMs), ...NEW_CALL }));
    } else entries[at] = callOf(told, known);
  };

  const addPlan = ({ atMs, entries: steps }: ClientActivity): void =>
    goOn({ ...fact(atMs), kind: 'plan', steps }, (last) => (last.kind === 'plan' ? { ...last, steps } : null));

  const addChange = ({ atMs, path, change }: ClientActivity): void => {
    const file = { path, change };
    goOn({ ...fact(atMs), kind: 'changes', files: [file] }, (last) =>
      last.kind === 'changes' ? { ...last, files: [...last.files, file] } : null,
    );
  };

  const addRetry = ({ atMs, attempt, max, text }: ClientActivity): void =>
    goOn({ ...fact(atMs), kind: 'retry', attempt, max, text }, (last) =>
      last.kind === 'retry' ? { ...last, attempt, max, text } : null,
    );

  const addNote = ({ atMs }: ClientActivity, level: string, text: string): void =>
    begin({ ...fact(atMs), kind: 'note', level, text });

  /** A kind that is not here is of a newer daemon, which says that it may be passed over. */
  const addOne = (told: ClientActivity): void => {
    if (told.kind !== 'message' && told.kind !== 'thought' && told.kind !== 'usage') lastSpoke = null;
    switch (told.kind) {
      case 'message':
      case 'thought':
        speak(told.kind, told);
        break;
      case 'usage':
        usage = told.usage;
        break;
      case 'tool_call':
        addCall(told);
        break;
      case 'plan':
        addPlan(told);
        break;
      case 'file_change':
        addChange(told);
        break;
      case 'retry':
        addRetry(told);
        break;
      case 'notice':
        addNote(told, told.level, told.text);
        break;
      case 'session':
        addNote(told, 'info', sessionText(told));
        break;
    }
  };

  return {
    add: (told) => {
      for (const one of told) addOne(one);
      if (told.length > 0) shown = null;
    },
    read: () => {
      shown ??= { entries: [...entries], usage };
      return shown;
    },
  };
}

const NEW_CALL = {
  kind: 'call',
  callId: '',
  name: '',
  tool: '',
  title: '',
  input: '',
  output: '',
  status: '',
  exitCode: null,
  endedAtMs: null,
} as const;

const OPEN: ReadonlySet<string> = new Set(['pending', 'running']);

export const isCallOpen = ({ status }: Pick<CallEntry, 'status'>): boolean => OPEN.has(status);

/** What is absent stays as it was. */
const callOf = (told: ClientActivity, before: CallEntry): CallEntry => ({
  ...before,
  callId: told.callId,
  name: told.name || before.name,
  tool: told.tool || before.tool,
  title: told.title || before.title,
  input: told.input || before.input,
  output: told.output || before.output,
  status: told.status || before.status,
  exitCode: told.exitCode ?? before.exitCode,
  endedAtMs: OPEN.has(told.status) ? null : (before.endedAtMs ?? told.atMs),
});

const sessionText = ({ session, model }: ClientActivity): string =>
  `Session ${session}${model === '' ? '' : `, model ${model}`}`;
