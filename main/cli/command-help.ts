import type { CommandAbout } from './command-about.ts';
import { COMMAND_EXAMPLES } from './command-examples.ts';
import { FLAG_MEANINGS } from './flag-meanings.ts';
import { type FlagKinds, flagToken } from './flags.ts';

export interface HelpSubject {
  readonly programName: string;
  /** The call, and what more the command itself says of it. */
  readonly usage: string;
  readonly flags: FlagKinds;
  readonly row: CommandAbout;
}

/** What a terminal shows without breaking lines. */
const WIDTH = 80;

/** What `--help` prints: the call, what it does, what each flag means, an example, and exit codes beyond the common ones. */
export function commandHelp({ programName, usage, flags, row }: HelpSubject): string {
  const names = Object.keys(flags);
  const column = Math.max(...names.map((name) => flagToken(name).length)) + 4;
  const example = COMMAND_EXAMPLES[row.words];
  const exits = row.exits === EXITS_OF_WAITS ? WAIT_EXITS : row.exits;
  const paragraphs = [
    `Usage: ${programName} ${usage}`,
    `${row.summary}.`,
    names.map((name) => hanging(`  ${flagToken(name)}`.padEnd(column), meaningOf(name, row.words))).join('\n'),
    ...(example === undefined ? [] : [`Example: ${programName} ${example}`]),
    ...(exits === undefined ? [] : [hanging('Exits ', `${exits}.`)]),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

const EXITS_OF_WAITS = 'as every wait';
const WAIT_EXITS =
  'as the state says: 0 completed, 2 failed, 3 timeout, 4 somebody has to act or has ended it, 5 the bridge or the executor broke';

/** A flag may mean something else to one command. */
const OWN_MEANINGS: Readonly<Record<string, string>> = {
  'submit timeout': 'the seconds that an attempt may take',
  'events json': 'one object a line on standard output',
  'run watch json': 'one object a line on standard output',
  'step watch json': 'one object a line on standard output',
};

function meaningOf(name: string, words: string): string {
  const meaning = OWN_MEANINGS[`${words} ${name}`] ?? FLAG_MEANINGS[name] ?? '';
  return meaning.replace(/; of `submit`.*$/, '').replaceAll('`', '');
}

/** A text that is broken between words, its further lines below its first word. */
function hanging(start: string, text: string): string {
  const lines: string[] = [];
  let line = start.trimEnd();
  for (const word of text.split(' ')) {
    const isFirst = line.length < start.length;
    const longer = isFirst ? `${start}${word}` : `${line} ${word}`;
    if (longer.length <= WIDTH) line = longer;
    else {
      lines.push(line);
      line = `${' '.repeat(start.length)}${word}`;
    }
  }
  return [...lines, line].join('\n');
}
