import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { err } from '../../../../contract/result.ts';
import { listSalvage, releaseSalvage, showSalvage } from '../../../../main/daemon/services/salvage.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  settled,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

const nothing = { refs: [], bundles: [], cachesListed: [], notSaved: [], keptWorktree: null, containsSecret: false };
const edits = [{ action: 'write', path: 'made.txt', content: 'made\n' }];

describe('what is kept', () => {
  let services: TestServices;
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
  });

  async function work() {
    const { id } = successOf(await submit(services, taskOf({ simulation: { edits } })));
    services.dispatcher.start();
    await settled(services, id);
    await expect.poll(() => services.context.live.size).toBe(0);
    const attempt = services.store.attempts.newestOfStep(id);
    if (attempt === null) throw new Error('there is no attempt');
    return attempt;
  }

  it('SRV-25: lists what is kept, however many attempts after it left nothing', async () => {
    const kept = await work();
    services.store.steps.insert(sample.step({ record: { id: 'empty', runId: 'r1', phaseId: 'phase-execution-r1' } }));
    services.store.transaction(() => {
      for (let number = 1; number <= 450; number += 1) {
        const place = { id: `empty-a${number}`, stepId: 'empty', runId: 'r1', number };
        const times = { createdAtMs: kept.createdAtMs + number, endedAtMs: kept.createdAtMs + number };
        services.store.attempts.insert(sample.attempt({ ...place, ...times, state: 'completed', salvage: nothing }));
      }
    });
    const { rows: entries, next } = successOf(await listSalvage(services.context));
    expect(next).toBeNull();
    expect(entries.map(({ attempt }) => attempt.id)).toEqual([kept.id]);
    expect(entries[0]?.restore.length).toBeGreaterThan(0);
    expect(entries[0]?.lostOnRelease).toEqual([expect.stringMatching(/^refs\/codencer\/\S+ goes: /)]);
  });

  it('SRV-26: is let go of with its refs, keeps what else changed, and the record says who did it', async () => {
    const { id: attemptId } = await work();
    const [ref] = successOf(showSalvage(services.context, { attemptId })).salvage.refs;
    replaceIn(services, 'workspaces', (before) => ({
      async release(place, salvage) {
        const released = await before.release(place, salvage);
        const attempt = services.store.attempts.get(attemptId);
        if (attempt !== null) services.store.attempts.save({ ...attempt, warnings: ['written meanwhile'] });
        return released;
      },
    }));
    successOf(await releaseSalvage(services.context, { attemptId, actor: 'operator' }));
    expect(services.repository.git('for-each-ref', 'refs/codencer/')).toBe('');
    expect(services.store.attempts.get(attemptId)).toMatchObject({ warnings: ['written meanwhile'], salvage: nothing });
    expect(successOf(await listSalvage(services.context)).rows).toEqual([]);
    const [released] = services.store.events.read({ after: services.store.events.lastSeq() - 1, limit: 1 });
    expect(released).toMatchObject({ type: 'salvage.released', actor: 'operator', payload: { refs: [ref] } });
  });

  it('SRV-26: is let go of whole or not at all: not while somebody is in the worktree', async () => {
    const { workspaces } = services.context;
    replaceIn(services, 'workspaces', () => ({ remove: async () => err({ sentence: 'somebody is in it' }) }));
    const { id: attemptId, worktreePath } = await work();
    services.context.workspaces = workspaces;
    const child = spawn('sleep', ['300'], { cwd: worktreePath, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const release = () => releaseSalvage(services.context, { attemptId, actor: 'operator' });
    expect(failureOf(await release()).message).toMatch(/^process \d+ is still in /);
    expect(services.repository.git('for-each-ref', 'refs/codencer/')).not.toBe('');
    expect(services.store.attempts.get(attemptId)?.salvage?.refs).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    successOf(await release());
    expect([services.repository.git('for-each-ref', 'refs/codencer/'), existsSync(worktreePath)]).toEqual(['', false]);
  });

  it('of an attempt that is alive is nothing yet', async () => {
    services.store.steps.insert(sample.step({ record: { id: 's', runId: 'r1', phaseId: 'phase-execution-r1' } }));
    const attempt = sample.attempt({ stepId: 's', runId: 'r1' });
    services.store.attempts.insert(attempt);
    expect(failureOf(showSalvage(services.context, { attemptId: attempt.id })).code).toBe('not_found');
  });
});
