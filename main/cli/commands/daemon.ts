import { resolve } from 'node:path';
import { ok } from '../../../contract/result.ts';
import { usageFailure } from '../cli-failure.ts';
import { defineCommand, type RunnableCommand } from '../define-command.ts';
import type { ArgsProblem } from '../flags.ts';
import { loadDaemon } from '../load-daemon.ts';
import { readPort } from '../repo-root.ts';

/** What inherited start scripts get for flags that are not understood. */
const EXIT_BAD_FLAG = 2;

/** Runs the daemon in this process until it is told to end. */
const runHere = defineCommand({
  usage: 'daemon [--repo-root path] [--port n] [--config file] [--sim]',
  words: { atLeast: 0, atMost: 0 },
  flags: { repoRoot: 'text', port: 'text', config: 'text', sim: 'switch' },
  explain: (problem) => ({ ...usageFailure(sentenceFor(problem)), exit: EXIT_BAD_FLAG }),
  run: async (context, { flags }) => {
    const port = readPort(flags.port);
    if (!port.ok) return port;
    const runDaemon = loadDaemon(context.entryPath);
    if (!runDaemon.ok) return runDaemon;
    const exitCode = await runDaemon.value({
      ...(flags.repoRoot === undefined ? {} : { repoRoot: resolve(context.cwd, flags.repoRoot) }),
      ...(port.value === null ? {} : { port: port.value }),
      ...(flags.config === undefined ? {} : { configPath: resolve(context.cwd, flags.config) }),
      ...(flags.sim ? { simulation: true } : {}),
    });
    return ok(exitCode);
  },
});

/** The inherited daemon took its flags with one dash as well, and `-h`. */
const runWithOldFlags = (...[context, args, row]: Parameters<RunnableCommand>): Promise<number> =>
  runHere(
    context,
    args.map((arg) => (arg === '-h' ? '--help' : arg.replace(/^-(?=(config|repo-root)(=|$))/, '--'))),
    row,
  );

export const command: RunnableCommand = Object.assign(runWithOldFlags, { flags: runHere.flags });

const sentenceFor = (problem: ArgsProblem): string =>
  problem.kind === 'missing-value'
    ? `${problem.flag} requires a value`
    : `the daemon has no flag ${JSON.stringify(problem.kind === 'too-many' ? problem.word : problem.flag)}`;
