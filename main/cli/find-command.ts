import type { CommandRow } from './command-section.ts';
import { ALIASES, PLURALS, SECTIONS } from './command-table.ts';

/** `runs list` is `run list`, and `runs` without a command of that group lists. */
export function inSingular([first = '', ...rest]: readonly string[]): readonly string[] {
  const group = PLURALS.get(first);
  if (group === undefined) return first === '' ? rest : [first, ...rest];
  const isCommand = findRow(`${group} ${rest[0]}`) !== null || rest[0] === 'help';
  return isCommand ? [group, ...rest] : [group, 'list', ...rest];
}

export interface Found {
  readonly row: CommandRow;
  /** Leading words that were its name. */
  readonly consumed: number;
}

export function findCommand([first = '', second = '']: readonly string[]): Found | null {
  const both = findRow(`${first} ${second}`);
  // The word after `gate` is what is sent, whatever it is: the daemon knows which decisions there are.
  const decision = first === 'gate' && !second.startsWith('-') && second !== '' && second !== 'help';
  if (decision && !['list', 'show'].includes(second)) return { row: GATE_DECISION, consumed: 1 };
  if (both !== null) return { row: both, consumed: 2 };
  const one = findRow(first);
  return one === null ? null : { row: one, consumed: 1 };
}

const ROWS = SECTIONS.flatMap(({ rows }) => rows);

const findRow = (words: string): CommandRow | null =>
  ROWS.find((row) => row.words === (ALIASES[words] ?? words)) ?? null;

const GATE_DECISION: CommandRow = {
  words: 'gate',
  args: '<approve|reject> <gateID>',
  summary: 'Decide',
  load: () => import('./commands/gate-decide.ts'),
};
