import type { ClientActivity } from '../../contract/client/client-activity.ts';
import type { Tone } from './state-tone.ts';
import { oneLine } from './terminal.ts';

/** A line for people, and the meaning that it is painted in. */
export interface TonedLine {
  readonly tone: Tone | null;
  readonly words: string;
}

export interface CallTeller {
  /** Null: nothing to be said of it, or nothing new. */
  readonly tell: (told: ClientActivity) => TonedLine | null;
  /** A line for each call of which no end was told. */
  readonly unended: () => readonly TonedLine[];
}

const OPEN_VERBS: ReadonlyMap<string, string> = new Map([
  ['pending', 'wants'],
  ['running', 'runs'],
]);

/** Tells of a call once it has ended, and, for who looks on, when it begins. What is told later says only what is new. */
export function createCallTeller({ isLive }: { readonly isLive: boolean }): CallTeller {
  const open = new Map<string, CallFacts>();
  const tell = (told: ClientActivity): TonedLine | null => {
    const { callId, status } = told;
    const before = open.get(callId);
    const verb = OPEN_VERBS.get(status);
    const facts = { ...before, ...factsOf(told), verb: verb ?? status };
    if (verb === undefined) open.delete(callId);
    else open.set(callId, facts);
    const isNews = verb === undefined || (isLive && verb !== before?.verb);
    return isNews ? lineOf(facts, told) : null;
  };
  const unended = () => [...open.values()].map((facts) => lineOf({ ...facts, verb: 'has not ended' }, NOT_ENDED));
  return { tell, unended };
}

const NOT_ENDED = { status: '', exitCode: null };

interface CallFacts {
  readonly name?: string;
  readonly title?: string;
  /** What was last told of it. */
  readonly verb: string;
}

type CallEnd = Pick<ClientActivity, 'status' | 'exitCode'>;

const factsOf = ({ name, tool, title }: ClientActivity): Omit<CallFacts, 'verb'> => ({
  ...(name === '' && tool === '' ? {} : { name: oneLine(name === '' ? tool : name) }),
  ...(title === '' ? {} : { title: oneLine(title) }),
});

function lineOf({ name, title, verb }: CallFacts, { status, exitCode }: CallEnd): TonedLine {
  const exit = exitCode === null ? '' : `, exit ${exitCode}`;
  const about = title === undefined ? '' : `: ${title}`;
  return { tone: TONES.get(status) ?? 'live', words: `${name ?? 'tool'} ${verb}${exit}${about}` };
}

const TONES: ReadonlyMap<string, Tone> = new Map([
  ['completed', 'done'],
  ['failed', 'fail'],
  ['denied', 'you'],
]);
