import { Command, CommanderError } from 'commander';
import { err, ok, type Result } from '../../contract/result.ts';
import {
  type ArgsProblem,
  type CommandInput,
  type FlagKind,
  type FlagKinds,
  type FlagValues,
  flagToken,
} from './flags.ts';

interface ParsedArgs<Kinds extends FlagKinds> extends CommandInput<Kinds> {
  readonly isHelpWanted: boolean;
}

/**
 * Parses the arguments of one command as inherited scripts write them: flags are whole tokens anywhere, a flag takes
 * the next token whatever it looks like, and a word with a single dash is no flag. `--flag=value` and `--help` work too.
 */
export function parseArgs<Kinds extends FlagKinds>(
  flags: Kinds,
  args: readonly string[],
): Result<ParsedArgs<Kinds>, ArgsProblem> {
  const command = new Command()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .helpOption(false);
  command.option('--help', '', false);
  for (const [name, kind] of Object.entries(flags)) addFlag(command, name, kind);
  const words = readWords(command, args);
  if (!words.ok) return words;
  const unknown = words.value.find((word) => word.startsWith('--'));
  if (unknown !== undefined) return err({ kind: 'unknown-flag', flag: unknown });
  const isHelpWanted = command.opts<{ readonly help: boolean }>().help;
  return ok({ words: words.value, flags: command.opts<FlagValues<Kinds>>(), isHelpWanted });
}

function addFlag(command: Command, name: string, kind: FlagKind): void {
  const token = flagToken(name);
  if (kind === 'switch') command.option(token, '', false);
  if (kind === 'text') command.option(`${token} <text>`);
  if (kind === 'texts') command.option(`${token} <text>`, '', collect, NO_TEXTS);
}

const NO_TEXTS: readonly string[] = [];
const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

function readWords(command: Command, args: readonly string[]): Result<readonly string[], ArgsProblem> {
  try {
    const { operands, unknown } = command.parseOptions([...args]);
    return ok([...operands, ...unknown]);
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.optionMissingArgument') {
      return err({ kind: 'missing-value', flag: /--[^ ']+/.exec(error.message)?.[0] ?? 'a flag' });
    }
    throw error;
  }
}
