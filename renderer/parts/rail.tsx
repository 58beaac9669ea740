import type { Rail as RailKind, Tone } from '../words/states.ts';
import { joinClasses } from './join-classes.ts';

const BORDER: Readonly<Record<Tone, string>> = {
  idle: 'border-idle',
  live: 'border-live',
  done: 'border-done',
  warn: 'border-warn',
  you: 'border-you',
  fail: 'border-fail',
  infra: 'border-infra',
};

const SHAPE: Readonly<Record<RailKind, string>> = {
  dotted: 'border-dotted border-l-3',
  dashed: 'border-dashed border-l-3',
  solid: 'border-solid border-l-3',
  double: 'border-double border-l-4',
  filled: 'border-solid border-l-8',
};

/** The mark at the left of a row. Borders, so that it is there in forced colours, too. */
export const Rail = ({ rail, tone }: { readonly rail: RailKind; readonly tone: Tone }) => (
  <span aria-hidden className={joinClasses('self-stretch w-2 shrink-0', SHAPE[rail], BORDER[tone])} />
);
