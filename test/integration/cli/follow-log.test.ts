import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandTask, createCliRepository } from '../../support/cli-repository.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** How one connection that follows goes: what is sent, and whether it breaks or ends. */
interface Turn {
  readonly sends: string;
  readonly breaks?: true;
}

/** A daemon that shows its log turn by turn; `asked` are the offsets from which it was followed. */
async function startLog(turns: readonly Turn[]) {
  const asked: (string | null)[] = [];
  const whole = turns.map(({ sends }) => sends).join('');
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://d');
    if (url.pathname.endsWith('/attempts')) {
      response.end(JSON.stringify([{ id: 's1-a1', step_id: 's1' }]));
    } else if (url.searchParams.get('follow') !== '1') {
      const isLive = asked.length < turns.length;
      response.setHeader('x-codencer-log-live', String(isLive)).setHeader('x-codencer-log-bytes', whole.length).end();
    } else {
      const turn = turns[asked.push(url.searchParams.get('offset')) - 1];
      response.write(turn?.sends ?? '', () => {
        if (turn?.breaks === true) request.socket.destroy();
        else response.end();
      });
    }
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

describe('a log that is followed (CLI-35)', () => {
  it('goes on from the byte that it has when the connection breaks or the daemon closes it', async () => {
    const { url, asked } = await startLog([{ sends: 'one\ntw', breaks: true }, { sends: 'o\n' }, { sends: 'three\n' }]);
    const { exitCode, stdout } = await runCliAt(url, ['step', 'logs', 's1', '--follow']);
    expect([exitCode, stdout]).toEqual([0, 'one\ntwo\nthree\n']);
    expect(asked).toEqual([null, '6', '8']);
  });

  it('is one document with --json', async () => {
    const { url } = await startLog([{ sends: 'one\n', breaks: true }, { sends: 'two\n' }]);
    const { stdout } = await runCliAt(url, ['step', 'logs', 's1', '--follow', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ step_id: 's1', content: 'one\ntwo\n' });
  });

  it('outlives a restart of the daemon that was killed', { timeout: 60_000 }, async () => {
    const { cli, start, killDaemon, root } = createCliRepository();
    await cli('up');
    await cli('run', 'start', 'r');
    const task = join(root, '../task.json');
    writeFileSync(task, commandTask(['echo first; sleep 60'], { step_id: 'works' }));
    await cli('submit', 'r', '--task-json', task);
    await waitUntil(async () => (await cli('step', 'state', 'works', '--json')).stdout.includes('"running"'));
    const following = start(['attempt', 'log', 'works-a1', '--follow']);
    await waitUntil(() => following.stdout().includes('first'));
    killDaemon();
    await cli('up');
    const { exitCode } = await following.ended;
    expect([exitCode, following.stdout()]).toEqual([0, 'first\n']);
    expect(following.stderr()).toContain('The daemon does not answer; trying again for 10 s...');
  });
});
