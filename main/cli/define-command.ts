import { nearestWord } from '../../contract/nearest-word.ts';
import { assertNever, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, type FailureForm, reportFailure, usageFailure } from './cli-failure.ts';
import type { CommandAbout } from './command-about.ts';
import type { HelpSubject } from './command-help.ts';
import { type ArgsProblem, type CommandInput, type FlagKinds, flagToken } from './flags.ts';

/** The outcome of a command: the exit code, or why it could not be done. */
export type CommandOutcome = Promise<Result<number, CliFailure>>;

export interface CommandSpec<Kinds extends FlagKinds> {
  /** After the program's name: `run state <runID>`. */
  readonly usage: string;
  readonly words: { readonly atLeast: number; readonly atMost: number };
  /** `--json` belongs to every command and is not named here. */
  readonly flags: Kinds;
  /** With `--json` it prints one object a line, and so does its failure. */
  readonly printsLines?: true;
  /** Says it in the command's own words; without it the common ones are used. */
  readonly explain?: (problem: ArgsProblem) => CliFailure;
  readonly run: (context: CliContext, input: CommandInput<WithJson<Kinds>>) => CommandOutcome;
}

export type WithJson<Kinds extends FlagKinds> = Kinds & { readonly json: 'switch' };

export interface RunnableCommand {
  /** With the row of the command table `--help` says more than the call. */
  (context: CliContext, args: readonly string[], row?: CommandAbout): Promise<number>;
  /** All of them, `json` too. */
  readonly flags: FlagKinds;
}

type CommandProgram = (...call: Parameters<RunnableCommand>) => Promise<number>;

/** Makes a command of its spec: parses, runs, and reports a failure where the caller looks for it. */
export function defineCommand<const Kinds extends FlagKinds>(spec: CommandSpec<Kinds>): RunnableCommand {
  const flags: WithJson<Kinds> = { ...spec.flags, json: 'switch' };
  const run: CommandProgram = async (context, args, row) => {
    const { parseArgs } = await import('./parse-args.ts');
    const parsed = parseArgs(flags, args);
    const fail = (failure: CliFailure): number => {
      reportFailure(context.terminal, failure, formOf(spec, args));
      return failure.exit;
    };
    const refuse = (problem: ArgsProblem): number =>
      fail({ ...(spec.explain ?? explainCommonly)(problem), nextStep: helpFor(context.programName, spec, problem) });
    if (!parsed.ok) return refuse(parsed.error);
    const { words, isHelpWanted } = parsed.value;
    if (isHelpWanted && row !== undefined) return showHelp(context, { usage: spec.usage, flags, row });
    if (isHelpWanted || words.length < spec.words.atLeast) return showUsage(context, spec, isHelpWanted);
    const excess = words[spec.words.atMost];
    if (excess !== undefined) return refuse({ kind: 'too-many', word: excess });
    const outcome = await spec.run(context, parsed.value);
    if (outcome.ok) return outcome.value;
    return fail(withIds(withHelp(outcome.error, helpFor(context.programName, spec, null)), spec, words));
  };
  return Object.assign(run, { flags });
}

const formOf = ({ printsLines }: Pick<CommandSpec<FlagKinds>, 'printsLines'>, args: readonly string[]): FailureForm =>
  args.includes('--json') ? (printsLines === true ? 'line' : 'document') : 'sentence';

/** What was wrong with the call itself is explained by the help of the command. */
const withHelp = (failure: CliFailure, help: string): CliFailure =>
  failure.nextStep === undefined && ABOUT_THE_CALL.has(failure.error) ? { ...failure, nextStep: help } : failure;

/** An id that the caller has named stands in the next step itself: `gate show g1`, not `gate show <gateID>`. */
function withIds(failure: CliFailure, { usage }: { readonly usage: string }, words: readonly string[]): CliFailure {
  const names = [...usage.matchAll(/ (<[^>]*>)(?= |$)/g)].map(([, name]) => name);
  const nextStep = failure.nextStep?.replace(/<[a-z]+ID>/g, (name) => {
    const word = words[names.indexOf(name)] ?? '';
    return /^[\w.-]+$/.test(word) ? word : name; // what a shell would read differently is not printed to be copied
  });
  return nextStep === undefined ? failure : { ...failure, nextStep };
}

const ABOUT_THE_CALL: ReadonlySet<string> = new Set([
  'invalid usage',
  'invalid submit input',
  'preparing task submission',
]);

function explainCommonly(problem: ArgsProblem): CliFailure {
  switch (problem.kind) {
    case 'unknown-flag':
      return usageFailure(`unknown flag ${JSON.stringify(problem.flag)}`);
    case 'missing-value':
      return usageFailure(`${problem.flag} requires a value`);
    case 'too-many':
      return usageFailure(`unexpected argument ${JSON.stringify(problem.word)}`);
    default:
      return assertNever(problem);
  }
}

/** Where the command says what it takes, and the flag that a mistyped one looks like. */
function helpFor(programName: string, { usage, flags }: Usage, problem: ArgsProblem | null): string {
  const name = /^[a-z]+(?: [a-z]+)?/.exec(usage)?.[0] ?? '';
  const known = [...Object.keys(flags), 'json', 'help'].map(flagToken);
  const near = problem?.kind === 'unknown-flag' ? nearestWord(problem.flag, known) : null;
  return `${near === null ? '' : `Did you mean ${near}? `}What it takes: ${programName} ${name} --help`;
}

type Usage = Pick<CommandSpec<FlagKinds>, 'usage' | 'flags'>;

function showUsage(
  { terminal, programName }: CliContext,
  { usage }: { readonly usage: string },
  isHelp: boolean,
): number {
  terminal.out(`Usage: ${programName} ${usage}\n`);
  return isHelp ? 0 : 1;
}

async function showHelp(
  { terminal, programName }: CliContext,
  subject: Omit<HelpSubject, 'programName'>,
): Promise<number> {
  const { commandHelp } = await import('./command-help.ts');
  terminal.out(commandHelp({ programName, ...subject }));
  return 0;
}
