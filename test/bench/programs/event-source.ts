/**
 * A daemon in whose process a loop appends events through the store's own writer: `event-source.ts <repo-root>
 * <events a second> <seconds>`. Prints port and token when it is ready, begins when a line arrives on stdin, and prints
 * the number of the last event when all are written.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDaemon } from '../../../main/daemon/compose/open-daemon.ts';
import { drive } from '../drive.ts';
import { PROGRESS } from '../sample-event.ts';

const [repoRoot = '', perSecond = '', seconds = ''] = process.argv.slice(2);
const opened = await openDaemon({ repoRoot, port: 0 }, () => undefined);
if (!opened.ok) throw new Error(opened.error);
const daemon = opened.value;
const listening = await daemon.listen();
if (!listening.ok) throw new Error(listening.error);
daemon.serve();
const { store, instance } = daemon.context;
const token = readFileSync(join(repoRoot, '.codencer', 'token'), 'utf8').trim();
process.stdout.write(`${instance().port} ${token}\n`);

await once(process.stdin, 'data');
await drive({ perSecond: Number(perSecond), seconds: Number(seconds) }, (count) => {
  store.transaction(() => {
    for (let index = 0; index < count; index += 1) store.events.append(PROGRESS);
  });
});
process.stdout.write(`${store.events.lastSeq()}\n`);
await once(process, 'SIGTERM');
await daemon.close();
process.exit(0);
