import { chmodSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { verifyAudit } from '../../../../main/daemon/services/audit.ts';
import { successOf } from '../../../support/success-of.ts';
import { rawDatabase } from '../../../support/temporary-store.ts';
import { openRun, openTestServices, settled, submit, taskOf } from '../../../support/test-services.ts';

/** A record with one step that has ended. */
async function openRecord() {
  const services = await openTestServices();
  openRun(services);
  const { id } = successOf(
    await submit(services, taskOf({ simulation: { edits: [{ action: 'write', path: 'a', content: 'a' }] } })),
  );
  services.dispatcher.start();
  expect((await settled(services, id)).state).toBe('completed');
  return { services, store: services.store, stepId: id };
}

describe('verifying the record', () => {
  it('SRV-24: holds when nothing was touched', async () => {
    const { services, store, stepId } = await openRecord();
    const artifacts = store.artifacts.listOfStep(stepId).length;
    expect(await verifyAudit(services.context)).toEqual({
      ok: true,
      events: store.events.lastSeq(),
      artifacts,
      problems: [],
    });
    expect(artifacts).toBeGreaterThan(3);
  });

  it('SRV-24: names a changed artifact and a row that cannot be read', async () => {
    const { services, store, stepId } = await openRecord();
    const [artifact] = store.artifacts.listOfStep(stepId);
    if (artifact === undefined) throw new Error('there is no artifact');
    chmodSync(artifact.path, 0o600);
    writeFileSync(artifact.path, 'something else');
    const raw = rawDatabase(`${services.stateDir}/codencer.db`);
    raw.prepare("UPDATE steps SET state = 'nonsense' WHERE id = ?").run(stepId);
    expect(store.steps.get(stepId)).toBeNull();
    const { ok, problems } = await verifyAudit(services.context);
    expect([ok, problems.map(({ kind, subject }) => [kind, subject])]).toEqual([
      false,
      [
        ['row', `steps ${stepId}`],
        ['artifact', artifact.id],
      ],
    ]);
  });

  it('SRV-24: half a check is none', async () => {
    const { services } = await openRecord();
    await expect(verifyAudit(services.context, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
