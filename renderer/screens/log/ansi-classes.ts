import { type AnsiColor, BOLD, DIM, INVERSE, ITALIC, type Piece, SIGN, STRIKE, UNDERLINE } from './parse-ansi.ts';

/** Each colour of a terminal is one of ours, whose contrast is known on every ground. */
const INK: Readonly<Record<AnsiColor, string>> = {
  black: 'text-ink',
  red: 'text-fail',
  green: 'text-done',
  yellow: 'text-warn',
  blue: 'text-accent',
  magenta: 'text-infra',
  cyan: 'text-live',
  white: 'text-ink',
  grey: 'text-ink-3',
};

/** On the two coloured grounds only ink can be read. */
const GROUND: Readonly<Record<AnsiColor, string>> = {
  black: 'bg-hover',
  red: 'bg-del text-ink',
  green: 'bg-add text-ink',
  yellow: 'bg-hover',
  blue: 'bg-selected',
  magenta: 'bg-hover',
  cyan: 'bg-hover',
  white: 'bg-hover',
  grey: 'bg-hover',
};

const FLAGS: readonly (readonly [number, string])[] = [
  [BOLD, 'font-semibold'],
  [ITALIC, 'italic'],
  [UNDERLINE, 'underline'],
  [STRIKE, 'line-through'],
  [SIGN, 'rounded-sm border border-edge text-meta text-warn no-underline'],
];

/** The classes of a piece; empty: it is plain. */
export function ansiClasses([, ink, ground, flags]: Piece): string {
  const isInverse = (flags & INVERSE) !== 0;
  const behind = isInverse ? (ink ?? 'white') : ground;
  const hasOwnInk = behind === 'red' || behind === 'green';
  const before = isInverse || hasOwnInk ? null : ink;
  const classes = FLAGS.filter(([flag]) => (flags & flag) !== 0).map(([, name]) => name);
  if (behind !== null) classes.push(GROUND[behind]);
  if (before !== null) classes.push(INK[before]);
  else if ((flags & DIM) !== 0 && !hasOwnInk) classes.push('text-ink-3');
  return classes.join(' ');
}
