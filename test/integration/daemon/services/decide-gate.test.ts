import { beforeEach, describe, expect, it } from 'vitest';

import { decideGate, findGate } from '../../../../main/daemon/services/decide-gate.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import { openRun, openTestServices, runIdOf, stepIdOf, type TestServices } from '../../../support/test-services.ts';

const actor = 'operator';
const DIGESTS = ['1', '2'].map((digit) => digit.repeat(64));

describe('deciding a gate', () => {
  let services: TestServices;
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
  });

  /** A step whose attempt is complete and gated; more than one gate when more than one digest is given. */
  function insertGated(
    id: string,
    { attempt = {}, digests = ['b'.repeat(64)] }: { attempt?: object; digests?: readonly string[] } = {},
  ) {
    const place = { runId: 'r1', phaseId: 'phase-execution-r1' };
    services.store.steps.insert(sample.step({ record: { id, ...place, state: 'needs_approval' } }));
    const attemptId = `${id}-a1`;
    const ended = { state: 'completed', summary: 'All done.', endedAtMs: sample.AT_MS };
    services.store.attempts.insert(sample.attempt({ id: attemptId, stepId: id, runId: 'r1', ...ended, ...attempt }));
    for (const [index, subjectDigest] of digests.entries()) {
      const gateId = index === 0 ? `gate-${attemptId}` : `gate-${attemptId}-${index + 1}`;
      services.store.gates.insert(sample.gate({ id: gateId, runId: 'r1', stepId: id, attemptId, subjectDigest }));
    }
  }

  const decide = (gateId: string, fields: { action?: 'approve' | 'reject'; digest?: string; reason?: string } = {}) =>
    decideGate(services.context, { gateId, action: 'approve', actor, ...fields });
  const stepState = (id: string) => services.store.steps.get(stepIdOf(id))?.state;

  it('SRV-22: is found by its id, and by gate-<step> and gate-<attempt>, pending or the last one closed', () => {
    insertGated('s1');
    for (const name of ['gate-s1-a1', 'gate-s1'])
      expect(successOf(findGate(services.context, name)).id).toBe('gate-s1-a1');
    successOf(decide('gate-s1'));
    expect(stepState('s1')).toBe('completed');
    for (const name of ['gate-s1-a1', 'gate-s1']) expect(failureOf(decide(name)).code).toBe('gate_closed');
    for (const name of ['gate-s2', 's1', 'gate-', 'gate-s1-a2'])
      expect(failureOf(decide(name)).code).toBe('gate_not_found');
  });

  it('SRV-22: a name that means several is refused with their ids; the digest tells which', () => {
    insertGated('s1', { digests: DIGESTS });
    const gateIds = ['gate-s1-a1', 'gate-s1-a1-2'];
    for (const name of ['gate-s1', 'gate-s1-a1']) {
      expect(failureOf(decide(name))).toMatchObject({ code: 'gate_ambiguous', details: { gateIds } });
    }
    expect(successOf(decide('gate-s1-a1', { digest: DIGESTS[0] ?? '' })).id).toBe('gate-s1-a1');
    expect(stepState('s1')).toBe('needs_approval');
    expect(successOf(decide('gate-s1')).id).toBe('gate-s1-a1-2');
    expect(stepState('s1')).toBe('completed');
  });

  it('SRV-22: the gate of a step is not the gate of an attempt that is called like it', () => {
    insertGated('s1', { digests: DIGESTS.slice(0, 1) });
    insertGated('s1-a1', { digests: DIGESTS.slice(1) });
    expect(failureOf(decide('gate-s1-a1')).code).toBe('gate_ambiguous');
    expect(failureOf(decide('gate-s1-a1', { digest: 'f'.repeat(64) })).code).toBe('gate_ambiguous');
    expect(successOf(decide('gate-s1-a1', { digest: DIGESTS[1] ?? '' })).id).toBe('gate-s1-a1-a1');
    expect([stepState('s1'), stepState('s1-a1')]).toEqual(['needs_approval', 'completed']);
  });

  it('SRV-23: gate, step and run change in one commit, in this order', () => {
    insertGated('s1');
    services.store.runs.save(sample.run({ id: 'r1', state: 'paused_for_gate' }));
    const commits: (readonly string[])[] = [];
    services.store.onCommit((events) => commits.push(events.map(({ type }) => type)));
    successOf(decide('gate-s1-a1', { reason: 'fine' }));
    expect(commits).toEqual([['gate.decided', 'step.state_changed', 'run.state_changed']]);
    expect(services.store.runs.get(runIdOf('r1'))?.state).toBe('running');
  });

  it('SRV-23, GATE-6: one rejection ends the step, and nobody has to decide its other gates', () => {
    insertGated('s1', { digests: DIGESTS });
    successOf(decide('gate-s1-a1-2', { action: 'reject', reason: 'not this' }));
    expect(services.store.steps.get(stepIdOf('s1'))).toMatchObject({
      state: 'cancelled',
      statusReason: 'rejected at gate-s1-a1-2: not this',
    });
    expect(services.store.gates.list({ stepId: stepIdOf('s1'), limit: 9 }).map(({ id, state }) => [id, state])).toEqual(
      expect.arrayContaining([
        ['gate-s1-a1', 'withdrawn'],
        ['gate-s1-a1-2', 'rejected'],
      ]),
    );
  });

  it('GATE-7: approving what is no success leads to a person', () => {
    insertGated('s1', { attempt: { state: 'failed_terminal', failureClass: 'command_failed' } });
    successOf(decide('gate-s1-a1'));
    expect(services.store.steps.get(stepIdOf('s1'))).toMatchObject({
      state: 'needs_manual_attention',
      statusReason: 'gate-s1-a1 was approved, yet the attempt behind it is failed_terminal',
    });
  });

  it('GATE-2: a decision about something else changes nothing, not even the log', () => {
    insertGated('s1');
    const before = services.store.events.lastSeq();
    expect(failureOf(decide('gate-s1-a1', { digest: 'f'.repeat(64) })).code).toBe('gate_changed');
    expect([services.store.events.lastSeq(), stepState('s1')]).toEqual([before, 'needs_approval']);
  });
});
