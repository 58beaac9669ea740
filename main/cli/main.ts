import { EXIT } from '../../contract/errors.ts';
import { processContext, readVersion } from './invocation.ts';

const args = process.argv.slice(2);
const context = processContext(import.meta.filename);

/** The last is `orchestratord --version`. */
const VERSION_WORDS = ['--version', 'version', 'daemon --version'];

/**
 * The two questions that scripts ask in loops are answered before anything is loaded for the other commands:
 * a parser or a schema library would double their time.
 */
async function run(): Promise<number> {
  const words = args.join(' ');
  if (VERSION_WORDS.includes(words)) {
    context.terminal.out(`${context.programName} version ${readVersion(context.entryPath)}\n`);
    return EXIT.ok;
  }
  if (words === 'instance' || words === 'instance --json') {
    const { runInstance } = await import('./show-instance.ts');
    return runInstance(context, args.length === 2);
  }
  const { runCommand } = await import('./run-command.ts');
  return runCommand(context, args);
}

const NOT_AFFECTED = 'The daemon and its work are not affected. What follows helps to mend it:';

async function reportFault(error: unknown): Promise<number> {
  const { reportFailure } = await import('./cli-failure.ts');
  const message = `this is a fault of ${context.programName}: ${error instanceof Error ? error.message : String(error)}`;
  const failure = { error: 'internal error', message, exit: EXIT.infrastructure, nextStep: NOT_AFFECTED };
  reportFailure(context.terminal, failure, args.includes('--json') ? 'document' : 'sentence');
  if (error instanceof Error) context.terminal.err(`${error.stack}\n`);
  return failure.exit;
}

void run()
  .catch(reportFault)
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
