import { beforeEach, describe, expect, it } from 'vitest';

import { getOverview } from '../../../../contract/client/overview-routes.ts';
import { httpFetch } from '../../../../main/cli/http-fetch.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { AT_MS, attempt, gate, step } from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi, TOKEN } from '../../../support/test-api.ts';

let test: TestApi;
beforeEach(async () => {
  test = await startTestApi();
});

async function overview() {
  const connection = { baseUrl: `http://127.0.0.1:${test.port}`, token: TOKEN, fetch: httpFetch };
  const document = successOf(await getOverview(connection));
  expect((await httpAnswer({ port: test.port, path: '/api/v1/overview' })).status).toBe(200);
  return successOf(document.read());
}

function insertStep(id: string, state: string): void {
  test.store.steps.insert(step({ spec: { title: `Title of ${id}` }, record: { id, state } }));
}

function insertAttempt(id: string, stepId: string, more: object = {}): void {
  test.store.attempts.insert(attempt({ id, stepId, number: 1, ...more }));
}

function progress(id: string, payload: Readonly<Record<string, unknown>>): void {
  const { stepId, runId, id: attemptId } = attempt({ id, stepId: 's-run' });
  const place = { stepId, runId, attemptId };
  test.store.transaction(() =>
    test.store.events.append({ type: 'attempt.progress', actor: `executor:${id}`, ...place, payload }),
  );
}

describe('the overview', () => {
  it('HTTP-67: of an empty record is nothing, and never checked', async () => {
    expect(await overview()).toMatchObject({
      gatesPending: 0,
      gatesOldestAtMs: null,
      runs: { running: 0, completed: 0 },
      steps: { pending: 0, needs_manual_attention: 0 },
      waitingCount: 0,
      keptWorktrees: 0,
      setAside: 0,
      audit: null,
      running: [],
    });
  });

  it('HTTP-67: counts runs, steps and gates by state, and what is kept', async () => {
    insertRun(test.store);
    for (const [id, state] of [
      ['a', 'pending'],
      ['b', 'pending'],
      ['c', 'completed'],
      ['d', 'needs_approval'],
    ] as const) {
      insertStep(id, state);
    }
    test.store.gates.insert(gate({ id: 'g1', stepId: 'd', attemptId: null, createdAtMs: AT_MS + 2000 }));
    test.store.gates.insert(gate({ id: 'g2', stepId: 'd', attemptId: null, createdAtMs: AT_MS + 1000 }));
    test.store.gates.insert(gate({ id: 'g3', stepId: 'd', attemptId: null, state: 'approved' }));
    const salvage = {
      refs: [],
      bundles: [],
      cachesListed: [],
      notSaved: [],
      keptWorktree: '/w',
      containsSecret: false,
    };
    insertAttempt('c-a1', 'c', { state: 'completed', endedAtMs: AT_MS, salvage });
    expect(await overview()).toMatchObject({
      gatesPending: 2,
      gatesOldestAtMs: AT_MS + 1000,
      runs: { running: 1, failed: 0 },
      steps: { pending: 2, completed: 1, needs_approval: 1, running: 0 },
      waitingCount: 2,
      keptWorktrees: 1,
    });
  });

  it('HTTP-67: tells what is worked on with the line that was told of it last, at most twenty', async () => {
    insertRun(test.store);
    insertStep('s-run', 'running');
    insertAttempt('s-run-a1', 's-run', { state: 'running', startedAtMs: AT_MS, executor: 'codex' });
    progress('s-run-a1', { kind: 'tool_begun', name: 'Bash', title: 'npm test' });
    progress('s-run-a1', { kind: 'plan', current: `write\nthe ${'x'.repeat(500)}` });
    const { running, cursor } = await overview();
    expect(running).toMatchObject([
      {
        stepId: 's-run',
        attemptId: 's-run-a1',
        title: 'Title of s-run',
        state: 'running',
        executor: 'codex',
        startedAtMs: AT_MS,
      },
    ]);
    expect(running[0]?.lastLine).toBe(`write the ${'x'.repeat(190)}`);
    expect(cursor).toBe(test.store.events.lastSeq());
    for (let count = 0; count < 25; count += 1) {
      insertStep(`more-${count}`, 'running');
      insertAttempt(`more-${count}-a1`, `more-${count}`, { state: 'running' });
    }
    expect((await overview()).running).toHaveLength(20);
  });

  it('HTTP-67: says when the record was checked last, also at the next daemon', async () => {
    await httpAnswer({ port: test.port, path: '/api/v1/audit/verify' });
    const { audit } = await overview();
    expect(audit).toMatchObject({ ok: true, artifacts: 0, problems: 0 });
    const { store } = test;
    test = await startTestApi({ changed: { store } });
    expect((await overview()).audit).toEqual(audit);
    for (const text of ['not JSON', '{"version":2}']) {
      store.settings.set('last_audit', text);
      expect((await overview()).audit).toBeNull();
    }
  });
});
