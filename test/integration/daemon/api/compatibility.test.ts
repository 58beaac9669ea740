import { describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import { AT_MS, attempt, step, validation } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi } from '../../../support/test-api.ts';

describe('HTTP-40: what can be told of executors', () => {
  it('routing says that a step stays where it was sent', async () => {
    const { port } = await startTestApi();
    const answer = await httpAnswer({ port, path: '/api/v1/routing' });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(answer.body).toMatch(/^\{"chain":\["codex"\],"disclaimer":"[^"]*NOT used[^"]*","mode":"As Requested"\}\n$/);
  });

  it('benchmarks are null without an executor and where nothing was done', async () => {
    const { port } = await startTestApi();
    for (const path of ['/api/v1/benchmarks', '/api/v1/benchmarks?adapter=codex', '/api/v1/benchmarks?adapter=..']) {
      expect((await httpAnswer({ port, path })).body).toBe('null\n');
    }
  });

  it('benchmarks are attempts of the record that ran and have ended, newest first', async () => {
    const { port, store } = await startTestApi();
    insertRun(store);
    store.steps.insert(step({}));
    const ended = { state: 'completed', startedAtMs: AT_MS + 10, endedAtMs: AT_MS + 2069, isSimulation: true };
    store.attempts.insert(attempt({ ...ended }));
    store.validations.insert(validation({}));
    store.validations.insert(validation({ ordinal: 1, state: 'failed' }));
    const failed = { state: 'failed_terminal', failureClass: 'command_failed', summary: 'exit status 1' };
    store.attempts.insert(attempt({ id: 'a2', number: 2, ...ended, ...failed, createdAtMs: AT_MS + 5 }));
    store.attempts.insert(
      attempt({ id: 'a3', number: 3, state: 'failed_bridge', endedAtMs: AT_MS, createdAtMs: AT_MS + 6 }),
    );
    store.attempts.insert(attempt({ id: 'a4', number: 4, createdAtMs: AT_MS + 7 }));
    const { body } = await httpAnswer({ port, path: '/api/v1/benchmarks?adapter=codex' });
    const first = '"adapter":"codex","phase_id":"phase-execution-http1"';
    expect(body).toBe(
      `[{"id":"bench-a2",${first},"attempt_id":"a2","duration_ms":2059,"validations_hit":0,"validations_max":0,"cost_cents":0,"failure_reason":"exit status 1","is_simulation":true,"created_at":"2026-11-20T06:38:50.348Z"},` +
        `{"id":"bench-s-min-a1",${first},"attempt_id":"s-min-a1","duration_ms":2059,"validations_hit":1,"validations_max":2,"cost_cents":0,"is_simulation":true,"created_at":"2026-11-20T06:38:50.348Z"}]\n`,
    );
    expect((await httpAnswer({ port, path: '/api/v1/benchmarks?adapter=claude' })).body).toBe('null\n');
  });
});
