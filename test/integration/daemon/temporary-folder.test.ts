import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const LEAVES =
  'echo kept > "$TMPDIR/left"; mkdir -m 500 "$TMPDIR/locked"; echo "$TMPDIR $TMP $TEMP $(stat -c %a "$TMPDIR")"';

async function open() {
  const repository = createRepository();
  onTestFinished(() => repository.remove());
  const tmp = join(dirname(repository.root), 'tmp');
  mkdirSync(tmp);
  const start = () => startTestDaemon({ repoRoot: repository.root, env: { TMPDIR: tmp } });
  const attemptsOwn = () => readdirSync(tmp).filter((name) => name.startsWith('cdn-'));
  return { repository, tmp, start, attemptsOwn };
}

describe('the temporary files of an attempt', () => {
  it('PROC-16 SRV-63 are in a folder of its own, for the hook, the executor and the validations, and go with it', async () => {
    const { repository, tmp, start, attemptsOwn } = await open();
    repository.write(
      '.codencer/workspace.json',
      JSON.stringify({ provisioning: { hooks: { post_create: 'pwd > "$TMPDIR/hook"' } } }),
    );
    const daemon = await start();
    onTestFinished(async () => void (await daemon.stop()));
    const client = createTaskClient(daemon);
    await client.startRun('r');
    const validations = [{ name: 'same', command: 'test -f "$TMPDIR/left" && echo "$TMPDIR"' }];
    const check = `test -f "$TMPDIR/hook" && ${LEAVES}`;
    const results = [await client.run('r', { ...command(check), validations }), await client.run('r', command(LEAVES))];
    const told = results.map(({ artifacts }) =>
      readFileSync(artifacts?.['stdout.log'] ?? '', 'utf8')
        .trim()
        .split(' '),
    );
    for (const [folder = '', ...others] of told) {
      expect(folder).toMatch(new RegExp(`^${tmp}/cdn-[0-9a-f]{6}-[0-9a-f]{10}$`));
      expect(others).toEqual([folder, folder, '700']);
      await waitUntil(() => !existsSync(folder));
    }
    expect(told[0]?.[0]).not.toBe(told[1]?.[0]);
    expect(results[0]?.state).toBe('completed');
    expect(attemptsOwn()).toEqual([]);
  });

  it('SRV-63 that a killed daemon left are removed by the next one, and nobody else’s', async () => {
    const { tmp, start, attemptsOwn } = await open();
    const killed = await start();
    onTestFinished(() => killed.kill());
    const client = createTaskClient(killed);
    await client.startRun('r');
    await client.submit('r', command('echo x > "$TMPDIR/left"; sleep 60'));
    await waitUntil(() => attemptsOwn().some((name) => existsSync(join(tmp, name, 'left'))));
    const [own = ''] = attemptsOwn();
    // Of an attempt of which the record knows nothing, and of another instance.
    const orphan = `${own.slice(0, -10)}0123456789`;
    for (const name of [orphan, 'cdn-abcdef-0123456789', 'mine']) mkdirSync(join(tmp, name));
    writeFileSync(join(tmp, orphan, 'left'), 'x');
    await killed.kill();
    const next = await start();
    onTestFinished(async () => void (await next.stop()));
    expect(
      readdirSync(tmp)
        .filter((name) => !name.startsWith('codencer-'))
        .sort(),
    ).toEqual(['cdn-abcdef-0123456789', 'mine']);
  });
});
