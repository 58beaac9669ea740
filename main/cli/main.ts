import { EXIT } from '../../contract/errors.ts';
import { reportFailure } from './cli-failure.ts';
import { processContext, readVersion } from './invocation.ts';
import { showInstance } from './show-instance.ts';

const args = process.argv.slice(2);
const context = processContext(import.meta.filename);

/**
 * The two questions that scripts ask in loops are answered before anything is loaded for the other commands:
 * a parser or a schema library would double their time.
 */
async function run(): Promise<number> {
  const words = args.join(' ');
  if (words === '--version' || words === 'version') {
    context.terminal.out(`${context.programName} version ${readVersion(context.entryPath)}\n`);
    return EXIT.ok;
  }
  if (words === 'instance' || words === 'instance --json') {
    const outcome = await showInstance(context, args.length === 2);
    if (outcome.ok) return outcome.value;
    reportFailure(context.terminal, outcome.error, args.length === 2);
    return outcome.error.exit;
  }
  const { runCommand } = await import('./run-command.ts');
  return runCommand(context, args);
}

run().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const message = `this is a fault of ${context.programName}: ${error instanceof Error ? error.message : String(error)}`;
    const failure = { error: 'internal error', message, exit: EXIT.infrastructure };
    reportFailure(context.terminal, failure, args.includes('--json'));
    if (error instanceof Error) context.terminal.err(`${error.stack}\n`);
    process.exitCode = EXIT.infrastructure;
  },
);
