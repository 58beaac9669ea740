import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shutDown } from '../../../main/daemon/services/shut-down.ts';
import { startRefusedDaemon } from '../../support/refused-daemon.ts';
import { createRepository } from '../../support/temporary-repository.ts';
import { startTestApi } from '../../support/test-api.ts';

describe('a daemon that cannot write', () => {
  it('says in one sentence why it does not start', async () => {
    const repository = createRepository();
    onTestFinished(() => repository.remove());
    mkdirSync(join(repository.root, '.codencer'));
    symlinkSync('nowhere/at-all', join(repository.root, '.codencer/git'));
    const { exitCode, sentence } = await startRefusedDaemon({ repoRoot: repository.root });
    expect([exitCode, sentence.split('\n')]).toEqual([
      1,
      [expect.stringMatching(/^codencer: cannot .*\.codencer\/git/)],
    ]);
  });

  it('stops what runs all the same when the disk is full', async () => {
    const { context, store } = await startTestApi();
    const stopped: string[] = [];
    const full = () => {
      throw Object.assign(new Error('full'), { name: 'StorageFull' });
    };
    const live = { ...context.live, ids: () => [], stop: async () => void stopped.push('attempts') };
    const dispatcher = { start: full, wake: full, beat: full, stop: async () => void stopped.push('dispatcher') };
    await shutDown({ ...context, live, store: { ...store, transaction: full } }, dispatcher, 'SIGTERM');
    expect(stopped).toEqual(['dispatcher', 'attempts']);
  });
});
