import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { InstanceId } from '../../../contract/ids.ts';
import { findMarked } from '../../../main/daemon/adapters/process/environment-mark.ts';
import { gitMarkPrefixOf } from '../../../main/daemon/compose/create-ids.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** The pid of a process that has come and gone. */
const deadPid = (): number => spawnSync('true').pid;

describe('a daemon whose git was at work when it was killed', () => {
  it('GIT-43 GIT-44 is followed by one that ends that git, and takes away what it stood on', async () => {
    const repository = createRepository();
    onTestFinished(() => repository.remove());
    const tmp = join(dirname(repository.root), 'tmp');
    const own = join(tmp, `codencer-gateway-${process.pid}-own`);
    const other = join(tmp, `codencer-gateway-${deadPid()}-other`);
    for (const folder of [own, other, join(tmp, 'codencer-gateway-x')]) mkdirSync(folder, { recursive: true });
    const start = () => startTestDaemon({ repoRoot: repository.root, env: { TMPDIR: tmp } });

    const killed = await start();
    onTestFinished(() => killed.kill());
    const { id } = z.looseObject({ id: InstanceId }).parse((await killed.request('GET', '/api/v1/instance')).json);
    const ours = () => findMarked(gitMarkPrefixOf(id));
    const client = createTaskClient(killed);
    await client.startRun('r');
    const pipe = join(repository.root, '.git/refs/heads/pipe');
    execFileSync('mkfifo', [pipe]);
    const asked = client.submit('r', { ...command('true'), base_ref: 'pipe' }).catch(() => 'cut off');
    await waitUntil(() => ours().length > 0);
    await killed.kill();
    expect(await asked).toBe('cut off');
    rmSync(pipe);
    expect(ours()).toHaveLength(1);
    expect(readdirSync(tmp)).toHaveLength(3);

    const next = await start();
    onTestFinished(async () => void (await next.stop()));
    expect(ours()).toEqual([]);
    expect(next.output()).toContain('ended git commands that an earlier daemon left');
    expect(readdirSync(tmp).sort()).toEqual([`codencer-gateway-${process.pid}-own`, 'codencer-gateway-x']);
  });
});
