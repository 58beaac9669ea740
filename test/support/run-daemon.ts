import { join } from 'node:path';

/** Runs the built daemon in the foreground: `node run-daemon.ts <repo-root> <port> [<configuration file>]`. */
const { runDaemon } = await import(join(import.meta.dirname, '../../dist/daemon/main.cjs'));
const [repoRoot = '', port = '0', configPath] = process.argv.slice(2);
process.exitCode = await runDaemon({
  repoRoot,
  port: Number(port),
  ...(configPath === undefined ? {} : { configPath }),
});
