import { runDaemon } from '../../main/daemon/main.ts';

/** Runs a daemon from the sources, in the foreground: `node run-daemon.ts <repo-root> <port>`. */
const [repoRoot = '', port = '0'] = process.argv.slice(2);
process.exitCode = await runDaemon({ repoRoot, port: Number(port) });
