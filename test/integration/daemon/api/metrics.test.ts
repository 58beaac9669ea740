import { beforeEach, describe, expect, it } from 'vitest';

import type { EventDraft } from '../../../../contract/events.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { AT_MS, attempt, gate, step } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';

describe('HTTP-48: metrics', () => {
  let test: TestApi;
  beforeEach(async () => {
    test = await startTestApi();
    insertRun(test.store);
    test.store.steps.insert(step({}));
    test.store.attempts.insert(attempt({ startedAtMs: AT_MS + 1000, endedAtMs: AT_MS + 4000, state: 'timeout' }));
  });

  const append = (draft: Partial<EventDraft> & Pick<EventDraft, 'type'>) => {
    const { id: attemptId, stepId, runId } = attempt({});
    test.store.transaction(() => test.store.events.append({ actor: 'daemon', attemptId, stepId, runId, ...draft }));
  };
  const read = async () => (await httpAnswer({ port: test.port, path: '/metrics' })).body;
  const values = async () =>
    new Map((await read()).split('\n').map((line) => [line.replace(/ \S+$/, ''), Number(/\S+$/.exec(line)?.[0])]));

  it('are text that Prometheus reads, and need the token like everything else', async () => {
    const answer = await httpAnswer({ port: test.port, path: '/metrics' });
    expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const line of answer.body.split('\n').filter((text) => text !== '')) {
      expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [-+.\deInf]+)$/);
    }
    const foreign = await startTestApi({ peers: { uidOf: async () => 4711 } });
    const ask = async (headers = {}) => (await httpAnswer({ port: foreign.port, path: '/metrics', headers })).status;
    expect([await ask(), await ask({ authorization: `Bearer ${TOKEN}` })]).toEqual([403, 200]);
  });

  it('are named by the conventions, in base units', async () => {
    const types = [...(await read()).matchAll(/^# TYPE (\S+) (\w+)$/gm)].map(([, name = '', type]) => ({ name, type }));
    expect(types.length).toBeGreaterThan(15);
    for (const { name, type } of types) {
      expect(name).toMatch(/^(codencer|process)_[a-z]+(_[a-z]+)*$/);
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect(name).not.toMatch(/_(ms|millis|minutes|hours|kb|mb)(_|$)/);
    }
  });

  it('count attempts by executor and state, and how long they took', async () => {
    append({ type: 'attempt.started', payload: { executor: 'codex' } });
    append({ type: 'attempt.ended', payload: { executor: 'codex', state: 'timeout', failure_class: 'timeout' } });
    append({
      type: 'attempt.ended',
      payload: { executor: 'x'.repeat(50), state: 'completed' },
      attemptId: attempt({ id: 'gone' }).id,
    });
    append({
      type: 'attempt.ended',
      payload: { executor: 'codex', state: 'failed_bridge', failure_class: 'lease_expired' },
    });
    const found = await values();
    expect(found.get('codencer_attempts_started_total{executor="codex"}')).toBe(1);
    expect(found.get('codencer_attempts_ended_total{executor="codex",state="timeout"}')).toBe(1);
    expect(found.get('codencer_attempts_ended_total{executor="other",state="completed"}')).toBe(1);
    expect(found.get('codencer_attempt_failures_total{class="timeout"}')).toBe(1);
    expect(found.get('codencer_lease_expiries_total')).toBe(1);
    expect(found.get('codencer_attempt_duration_seconds_bucket{le="1",executor="codex"}')).toBe(0);
    expect(found.get('codencer_attempt_duration_seconds_bucket{le="5",executor="codex"}')).toBe(2);
    expect(found.get('codencer_attempt_duration_seconds_sum{executor="codex"}')).toBe(6);
  });

  it('count validations, gates and retries', async () => {
    append({ type: 'validation.ended', payload: { state: 'failed', duration_ms: 1500 } });
    test.store.gates.insert(gate({ state: 'approved', decidedAtMs: AT_MS + 90_000 }));
    append({ type: 'gate.decided', gateId: gate({}).id, payload: { state: 'approved' } });
    append({ type: 'step.state_changed', payload: { from: 'running', to: 'pending' } });
    append({ type: 'step.state_changed', payload: { from: 'timeout', to: 'pending' }, actor: 'operator' });
    append({ type: 'step.state_changed', payload: { from: 'running', to: 'completed' } });
    const found = await values();
    expect(found.get('codencer_validation_duration_seconds_sum{state="failed"}')).toBe(1.5);
    expect(found.get('codencer_gate_wait_seconds_bucket{le="60",state="approved"}')).toBe(0);
    expect(found.get('codencer_gate_wait_seconds_bucket{le="300",state="approved"}')).toBe(1);
    expect(found.get('codencer_step_retries_total{by="rule"}')).toBe(1);
    expect(found.get('codencer_step_retries_total{by="request"}')).toBe(1);
  });

  it('say of the record what is true now, whatever was counted', async () => {
    const { store } = test;
    for (let number = 2; number < 8; number += 1) {
      store.steps.insert(
        step({ record: { id: `p${number}`, state: 'pending', notBeforeMs: number === 2 ? Date.UTC(2100, 0) : null } }),
      );
    }
    store.attempts.insert(attempt({ id: 'a2', number: 2, lane: 2 }));
    store.gates.insert(gate({ subject: 'step', stepId: 'p3', createdAtMs: Date.now() - 60_000 }));
    const found = await values();
    const queue = (reason: string) => found.get(`codencer_queue_steps{blocked_reason="${reason}"}`);
    expect(['gate', 'run', 'not_before', 'slot', 'none'].map(queue)).toEqual([1, 0, 1, 0, 4]);
    expect(found.get('codencer_attempts_live{executor="codex",state="running"}')).toBe(1);
    expect([found.get('codencer_slots'), found.get('codencer_slots_used')]).toEqual([4, 0]);
    expect(found.get('codencer_gates_pending')).toBe(1);
    expect(found.get('codencer_gate_oldest_pending_seconds')).toBeGreaterThanOrEqual(60);
    expect(found.get(`codencer_build_info{version="0.0.0-test",node_version="${process.version}"}`)).toBe(1);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    for (const { id } of store.attempts.listLive()) {
      const live = store.attempts.get(id);
      if (live !== null) store.attempts.save({ ...live, state: 'completed', endedAtMs: AT_MS });
    }
    expect((await values()).has('codencer_attempts_live{executor="codex",state="running"}')).toBe(false);
  });

  it('tell how late the loop is from the second look on', async () => {
    await read();
    await expect.poll(read).toMatch(/^codencer_event_loop_lag_seconds\{quantile="0.99"\} \S+$/m);
  });

  it('stay few, whatever happens', async () => {
    for (let index = 0; index < 200; index += 1) {
      append({ type: 'attempt.started', payload: { executor: `executor-${index}` } });
      append({ type: 'attempt.ended', payload: { executor: `executor-${index}`, state: 'completed' } });
    }
    expect((await read()).split('\n').length).toBeLessThan(200);
  });
});
