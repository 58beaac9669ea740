import { describe, expect, it } from 'vitest';
import { decideGate, getGate, listGates } from '../../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { getInstance } from '../../../../contract/client/instance-routes.ts';
import {
  getDiagnostics,
  getSalvage,
  listSalvage,
  releaseSalvage,
  verifyAudit,
} from '../../../../contract/client/record-routes.ts';
import {
  abortRun,
  completeRun,
  getRun,
  listRunGates,
  listRunSteps,
  listRuns,
  startRun,
  submitStep,
  waitForRun,
} from '../../../../contract/client/run-routes.ts';
import {
  cancelStep,
  getStep,
  getStepResult,
  listStepArtifacts,
  listStepAttempts,
  listStepValidations,
  openStepDiff,
  openStepLog,
  resolveStep,
  retryStep,
  waitForStep,
} from '../../../../contract/client/step-routes.ts';
import { openTerminal, resizeTerminal, typeIntoTerminal } from '../../../../contract/client/terminal-routes.ts';
import { recordingConnection } from '../../../support/recording-connection.ts';

const NEW_RUN = { id: 'r', projectId: 'p', conversationId: '', plannerId: '', executorId: '', closeWhenIdle: false };
const NEW_RUN_BODY = { id: 'r', project_id: 'p', conversation_id: '', planner_id: '', executor_id: '' };

const ROUTES: readonly [string, (connection: Connection) => Promise<unknown>, unknown?][] = [
  ['GET /api/v1/instance', (c) => getInstance(c)],
  ['GET /api/v1/runs', (c) => listRuns(c, {})],
  ['GET /api/v1/runs?project_id=a%20b&state=running', (c) => listRuns(c, { projectId: 'a b', state: 'running' })],
  ['POST /api/v1/runs', (c) => startRun(c, NEW_RUN), NEW_RUN_BODY],
  [
    'POST /api/v1/runs',
    (c) => startRun(c, { ...NEW_RUN, closeWhenIdle: true }),
    { ...NEW_RUN_BODY, close_when_idle: true },
  ],
  ['GET /api/v1/runs/r%2F1', (c) => getRun(c, 'r/1')],
  ['GET /api/v1/runs/r/steps', (c) => listRunSteps(c, 'r')],
  ['GET /api/v1/runs/r/gates', (c) => listRunGates(c, 'r')],
  ['POST /api/v1/runs/r/steps', (c) => submitStep(c, 'r', { goal: 'g' }), { goal: 'g' }],
  ['PATCH /api/v1/runs/r', (c) => abortRun(c, 'r'), { action: 'abort' }],
  ['POST /api/v1/runs/r/complete', (c) => completeRun(c, 'r'), {}],
  ['POST /api/v1/runs/r/wait', (c) => waitForRun(c, 'r', { timeoutMs: 5 }), { timeout_ms: 5 }],
  ['GET /api/v1/steps/s', (c) => getStep(c, 's')],
  ['GET /api/v1/steps/s/result', (c) => getStepResult(c, 's')],
  ['GET /api/v1/steps/s/artifacts', (c) => listStepArtifacts(c, 's')],
  ['GET /api/v1/steps/s/validations', (c) => listStepValidations(c, 's')],
  ['GET /api/v1/steps/s/attempts', (c) => listStepAttempts(c, 's')],
  ['GET /api/v1/steps/s/logs', (c) => openStepLog(c, 's', {})],
  [
    'GET /api/v1/steps/s/logs?attempt=s-a1&stream=stderr&follow=1',
    (c) => openStepLog(c, 's', { attemptId: 's-a1', stream: 'stderr', isFollowing: true }),
  ],
  ['GET /api/v1/steps/s/diff', (c) => openStepDiff(c, 's')],
  ['POST /api/v1/steps/s/retry', (c) => retryStep(c, 's', { reason: 'why' }), { reason: 'why' }],
  [
    'POST /api/v1/steps/s/retry',
    (c) => retryStep(c, 's', { reason: '', isResuming: true, answer: 'blue' }),
    { reason: '', resume_session: true, answer: 'blue' },
  ],
  ['POST /api/v1/steps/s/cancel', (c) => cancelStep(c, 's', ''), { reason: '' }],
  [
    'POST /api/v1/steps/s/resolve',
    (c) => resolveStep(c, 's', { as: 'completed', reason: 'r' }),
    { as: 'completed', reason: 'r' },
  ],
  ['POST /api/v1/steps/s/wait', (c) => waitForStep(c, 's', { timeoutMs: 7 }), { timeout_ms: 7 }],
  [
    'GET /api/v1/attempts/a/terminal?follow=true&offset=7',
    (c) => openTerminal(c, 'a', { isFollowing: true, offset: 7 }),
  ],
  [
    'POST /api/v1/attempts/a/terminal/size',
    (c) => resizeTerminal(c, 'a', { columns: 80, rows: 24 }),
    { cols: 80, rows: 24 },
  ],
  ['GET /api/v1/gates?run=r&state=pending', (c) => listGates(c, { runId: 'r', state: 'pending' })],
  ['GET /api/v1/gates/g', (c) => getGate(c, 'g')],
  ['POST /api/v1/gates/g', (c) => decideGate(c, 'g', { action: 'approve' }), { action: 'approve' }],
  [
    'POST /api/v1/gates/g',
    (c) => decideGate(c, 'g', { action: 'reject', reason: 'no', digest: 'd' }),
    { action: 'reject', reason: 'no', digest: 'd' },
  ],
  ['GET /api/v1/audit/verify', (c) => verifyAudit(c)],
  ['GET /api/v1/salvage', (c) => listSalvage(c)],
  ['GET /api/v1/salvage/a', (c) => getSalvage(c, 'a')],
  ['POST /api/v1/salvage/a/release', (c) => releaseSalvage(c, 'a'), {}],
  ['GET /api/v1/diagnostics', (c) => getDiagnostics(c)],
];

describe('the client', () => {
  it.each(ROUTES)('asks %s', async (route, ask, body) => {
    const { connection, requests } = recordingConnection();
    await ask(connection);
    const [request] = requests;
    expect(`${request?.method} ${request?.url.replace(connection.baseUrl, '')}`).toBe(route);
    expect(request?.body === undefined ? undefined : JSON.parse(String(request.body))).toEqual(body);
  });

  it('types bytes as they are', async () => {
    const { connection, requests } = recordingConnection();
    const bytes = Uint8Array.of(27, 0, 255);
    await typeIntoTerminal(connection, 'a', { bytes, attachment: 'one' });
    expect(requests).toMatchObject([
      { url: `${connection.baseUrl}/api/v1/attempts/a/terminal/input?attach=one`, method: 'POST', body: bytes },
    ]);
    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/octet-stream' });
  });
});
