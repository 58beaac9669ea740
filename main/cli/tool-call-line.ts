import type { ClientActivity } from '../../contract/client/client-activity.ts';
import type { Tone } from './state-tone.ts';
import { oneLine } from './terminal.ts';

/** A line for people, and the meaning that it is painted in. */
export interface TonedLine {
  readonly tone: Tone | null;
  readonly words: string;
}

/** Null: nothing to be said of it, or nothing new. */
export type TellCall = (told: ClientActivity) => TonedLine | null;

/** Tells of a call once it has ended, and, for who looks on, when it begins. What is told later says only what is new. */
export function createTellCall({ isLive }: { readonly isLive: boolean }): TellCall {
  const running = new Map<string, CallFacts>();
  return (told) => {
    const { callId, status } = told;
    const isNew = !running.has(callId);
    const isRunning = status === 'pending' || status === 'running';
    const facts = { ...running.get(callId), ...factsOf(told) };
    if (isRunning) running.set(callId, facts);
    else running.delete(callId);
    return isRunning && !(isNew && isLive) ? null : lineOf(told, facts, isRunning ? 'runs' : status);
  };
}

interface CallFacts {
  readonly name?: string;
  readonly title?: string;
}

const factsOf = ({ name, tool, title }: ClientActivity): CallFacts => ({
  ...(name === '' && tool === '' ? {} : { name: oneLine(name === '' ? tool : name) }),
  ...(title === '' ? {} : { title: oneLine(title) }),
});

function lineOf({ status, exitCode }: ClientActivity, { name, title }: CallFacts, verb: string): TonedLine {
  const exit = exitCode === null ? '' : `, exit ${exitCode}`;
  const about = title === undefined ? '' : `: ${title}`;
  return { tone: TONES.get(status) ?? 'live', words: `${name ?? 'tool'} ${verb}${exit}${about}` };
}

const TONES: ReadonlyMap<string, Tone> = new Map([
  ['completed', 'done'],
  ['failed', 'fail'],
  ['denied', 'you'],
]);
