/**
 * Stands for an agent that does not let itself be ended: it answers nothing, ignores every signal that can be ignored,
 * and so does its child, in a session of its own. Writes the ids of both into a file with the name of its attempt, in the
 * folder that its first argument names.
 */
import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [folder = '', ...args] = process.argv.slice(2);
const file = join(folder, basename(process.cwd()));

if (args.includes('--version')) {
  process.stdout.write('2.0.0 (Claude Code)\n');
  process.exit(0);
}
const IGNORE = "for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});";
const child = spawn(process.execPath, ['-e', `${IGNORE} setInterval(() => {}, 60000); console.log('ready')`], {
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
setInterval(() => undefined, 60_000);
child.stdout.once('data', () => {
  writeFileSync(`${file}.new`, JSON.stringify([process.pid, child.pid]));
  renameSync(`${file}.new`, file);
});
