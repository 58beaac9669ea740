import { EXIT } from '../../contract/errors.ts';
import { nearestWord } from '../../contract/nearest-word.ts';
import type { CliContext } from './cli-context.ts';
import { reportFailure } from './cli-failure.ts';
import { SECTIONS } from './command-table.ts';
import { findCommand, inSingular } from './find-command.ts';
import { tellingFetch } from './telling-fetch.ts';
import { isShown } from './terminal.ts';
import { groupUsage, isGroup, overview } from './usage-text.ts';

/** Finds the command that the first words name, loads it, and runs it on the rest. */
export async function runCommand(context: CliContext, args: readonly string[]): Promise<number> {
  const asked = inSingular(args[0] === 'help' && args.length > 1 ? [...args.slice(1), '--help'] : args);
  if (asked[0] === '__complete') {
    const { answerCompletion } = await import('./completion/answer-completion.ts');
    return answerCompletion(context, asked.slice(1));
  }
  const found = findCommand(asked);
  if (found === null) return explain(context, asked);
  const { command } = await found.row.load();
  return command(
    { ...context, fetchFromAnyone: tellingFetch(context.terminal) },
    asked.slice(found.consumed),
    found.row,
  );
}

const ROWS = SECTIONS.flatMap(({ rows }) => rows);

/** The command that a mistyped one looks like, or where those of its group are listed. */
function meantBy(programName: string, [first = '', second = '']: readonly string[]): string {
  const inGroup = isGroup(first);
  const typed = inGroup ? `${first} ${second}` : first;
  const names = ROWS.map(({ words }) => words);
  const known = inGroup ? names.filter((name) => name.startsWith(`${first} `)) : names.map((name) => firstWord(name));
  const near = nearestWord(typed, known);
  if (near !== null) return `Did you mean: ${programName} ${near}\n`;
  return `What there is: ${programName} ${inGroup ? `${first} ` : ''}--help\n`;
}

const firstWord = (name: string): string => name.split(' ')[0] ?? name;

/** No such command: what was not understood, on stderr, and what there is. */
function explain({ terminal, programName }: CliContext, args: readonly string[]): number {
  const [first = '', second = ''] = args;
  const inGroup = isGroup(first);
  const word = inGroup ? second : first;
  const isHelp = ['help', '--help', '-h'].includes(word);
  const unknown = inGroup ? `Unknown ${first} command: ${second}` : `Unknown command: ${first}`;
  if (!isHelp && word !== '' && args.includes('--json')) {
    reportFailure(terminal, { error: 'unknown command', message: unknown, exit: EXIT.usage }, 'document');
    return EXIT.usage;
  }
  const isMistake = !isHelp && word !== '';
  // Inherited scripts find the overview on stdout; on a terminal it would push the sentence out of sight.
  const isBrief = isMistake && (inGroup || isShown(terminal.outScreen));
  if (!isBrief) terminal.out(inGroup ? groupUsage(programName, first) : overview(programName));
  if (isMistake) terminal.err(`${unknown}\n${meantBy(programName, args)}`);
  return isHelp ? EXIT.ok : EXIT.usage;
}
