import { Ban, CircleCheck, CircleDashed, CirclePlay, CircleX, Clock } from 'lucide-react';
import type { StateWords } from '../../words/states.ts';
import { type CallEntry, isCallOpen } from './transcript.ts';

const WORDS: Readonly<Record<string, StateWords>> = {
  pending: { label: 'Waiting', icon: Clock, tone: 'idle', rail: 'dotted' },
  running: { label: 'Running', icon: CirclePlay, tone: 'live', rail: 'dashed' },
  completed: { label: 'Done', icon: CircleCheck, tone: 'done', rail: 'solid' },
  failed: { label: 'Failed', icon: CircleX, tone: 'fail', rail: 'double' },
  denied: { label: 'Not allowed', icon: Ban, tone: 'idle', rail: 'solid' },
};

const NOT_ENDED: StateWords = { label: 'Not ended', icon: CircleDashed, tone: 'warn', rail: 'dotted' };

/** A call of which no end was told has none once its agent has ended. */
export function callWords(call: Pick<CallEntry, 'status'>, isAgentLive: boolean): StateWords {
  if (isCallOpen(call) && !isAgentLive) return NOT_ENDED;
  return WORDS[call.status] ?? { label: call.status, icon: Clock, tone: 'idle', rail: 'dotted' };
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'Reads',
  edit: 'Changes',
  delete: 'Deletes',
  move: 'Moves',
  search: 'Searches',
  execute: 'Runs',
  fetch: 'Fetches',
  think: 'Thinks',
};

/** What a call does, as a verb; the vendor's own name of the tool where there is none. */
export const callVerb = ({ tool, name }: Pick<CallEntry, 'tool' | 'name'>): string =>
  VERBS[tool] ?? (name || 'Uses a tool');
