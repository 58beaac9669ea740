import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchDaemon, startDaemon } from './daemon.ts';
import type { Bench } from './row.ts';

const ARGUMENT_END = '\u001f';
const COMMAND_END = '\u001e';

/**
 * The git commands that a daemon runs for some work that it has done once before, in the order of their starts and
 * without the settings that stand before each. A stand-in first on the daemon's PATH writes down what it is asked and
 * hands over.
 */
export async function recordGit(
  bench: Bench,
  repoRoot: string,
  work: (daemon: BenchDaemon) => Promise<void>,
): Promise<readonly (readonly string[])[]> {
  const folder = bench.workshop.folder('git');
  const log = join(folder, 'commands');
  writeStandIn(folder, log);
  const daemon = await startDaemon(bench, { repoRoot, env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
  await work(daemon);
  rmSync(log, { force: true });
  await work(daemon);
  await daemon.stop();
  const commands = readFileSync(log, 'utf8').split(COMMAND_END).slice(0, -1);
  return commands.map((command) => withoutSettings(command.split(ARGUMENT_END).slice(0, -1)));
}

/** One write for a command: several run at once. */
function writeStandIn(folder: string, log: string): void {
  const git = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const lines = [
    '#!/bin/sh',
    `asked=$(printf '%s${ARGUMENT_END}' "$@"; printf .)`,
    `printf '%s${COMMAND_END}' "\${asked%.}" >> '${log}'`,
    `exec '${git}' "$@"`,
  ];
  writeFileSync(join(folder, 'git'), `${lines.join('\n')}\n`);
  chmodSync(join(folder, 'git'), 0o755);
}

/** `-c name=value` pairs come first. */
function withoutSettings(args: readonly string[]): readonly string[] {
  const first = args.findIndex((argument, index) => index % 2 === 0 && argument !== '-c');
  return args.slice(first);
}
