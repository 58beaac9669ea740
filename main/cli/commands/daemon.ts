import { resolve } from 'node:path';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { loadDaemon } from '../load-daemon.ts';
import { readPort } from '../repo-root.ts';

/** Runs the daemon in this process until it is told to end. */
export const command = defineCommand({
  usage: 'daemon [--repo-root path] [--port n] [--config file] [--sim]',
  words: { atLeast: 0, atMost: 0 },
  flags: { repoRoot: 'text', port: 'text', config: 'text', sim: 'switch' },
  run: async (context, { flags }) => {
    const port = readPort(flags.port);
    if (!port.ok) return port;
    const runDaemon = await loadDaemon(context.entryPath);
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
