import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../../contract/records.ts';
import { decideGate } from '../../../../main/daemon/services/decide-gate.ts';
import { recover } from '../../../../main/daemon/services/recover.ts';
import { successOf } from '../../../support/success-of.ts';
import { openRun, openTestServices, submit, type TestServices, taskOf } from '../../../support/test-services.ts';
import { waitUntil } from '../../../support/wait-until.ts';

describe('a task for the chat of an IDE', () => {
  let services: TestServices;
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
  });

  /** Handed over, and its gate open. */
  async function hand(task = {}): Promise<{ readonly step: StepRecord; readonly worktree: string }> {
    const step = successOf(await submit(services, taskOf({ adapterProfile: 'ide-chat', ...task })));
    services.dispatcher.start();
    await waitUntil(() => gatesOf(step).length === 1);
    return { step, worktree: attemptOf(step)?.worktreePath ?? '' };
  }
  const attemptOf = ({ id }: StepRecord) => services.store.attempts.listOfStep(id).at(-1);
  async function ended(step: StepRecord) {
    await waitUntil(() => attemptOf(step)?.endedAtMs != null);
    return attemptOf(step);
  }
  const gatesOf = ({ id }: StepRecord) => services.store.gates.list({ stepId: id, limit: 10 });

  it('SRV-62, CHAT-2, CHAT-3, CHAT-5: waits behind a gate that goes when the result comes', async () => {
    const { step, worktree } = await hand();
    expect(gatesOf(step)).toMatchObject([{ kind: 'manual', state: 'pending', expiresAtMs: null }]);
    expect(gatesOf(step).map(({ id }) => services.store.gates.get(id)?.request)).toEqual([null]);
    expect(services.store.steps.get(step.id)?.state).toBe('needs_approval');
    expect(existsSync(join(worktree, '.codencer/chat_prompt.txt'))).toBe(true);
    writeFileSync(join(worktree, 'roof.txt'), 'tight\n');
    const result = join(worktree, '.codencer/result.json');
    mkdirSync(dirname(result), { recursive: true });
    writeFileSync(result, JSON.stringify({ status: 'completed', summary: 'The roof is tight.' }));
    const attempt = await ended(step);
    expect(attempt).toMatchObject({ state: 'completed', summary: 'The roof is tight.' });
    expect(attempt?.filesChanged).toEqual(['roof.txt']);
    expect(gatesOf(step)).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('GATE-8, CHAT-3: is declared done at the gate', async () => {
    const { step } = await hand();
    const gateId = gatesOf(step)[0]?.id ?? '';
    successOf(decideGate(services.context, { gateId, action: 'approve', actor: 'operator' }));
    expect(await ended(step)).toMatchObject({
      state: 'completed',
      summary: 'An operator declared it done.',
    });
  });

  it('CHAT-3: is called off at the gate', async () => {
    const { step } = await hand();
    const gateId = gatesOf(step)[0]?.id ?? '';
    successOf(decideGate(services.context, { gateId, action: 'reject', actor: 'operator', reason: 'not now' }));
    expect(await ended(step)).toMatchObject({ state: 'cancelled', failureClass: 'cancelled' });
  });

  it('SRV-62, CHAT-4: is out of time although its gate is open', async () => {
    const { step } = await hand({ timeoutSeconds: 1 });
    expect(await ended(step)).toMatchObject({ state: 'timeout' });
    expect(gatesOf(step)).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('CHAT-5: leaves no file of its own in what is saved after a daemon that was killed', async () => {
    const { step, worktree } = await hand();
    writeFileSync(join(worktree, 'roof.txt'), 'half\n');
    await services.dispatcher.stop();
    await recover(services.context);
    expect(attemptOf(step)).toMatchObject({ failureClass: 'interrupted', filesChanged: ['roof.txt'] });
    expect(gatesOf(step)).toMatchObject([{ state: 'withdrawn' }]);
  });
});
