import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { documentedPorts } from '../../../support/documented-answers.ts';
import { httpAnswer } from '../../../support/http-request.ts';
import { OPENAPI_FILE, openApi } from '../../../support/openapi-file.ts';
import { command } from '../../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../../support/test-daemon.ts';
import { waitUntil } from '../../../support/wait-until.ts';

const task = (fields: object) => ({ version: 'v1', goal: 'try everything', ...fields });

/** A story in which everything that can be changed is changed once. Each answer is judged by the document. */
const STORY: readonly (readonly [operation: string, method: string, path: string, body?: object])[] = [
  ['startRun', 'POST', '/api/v1/runs', { id: 'r' }],
  ['submitStep', 'POST', '/api/v1/runs/r/steps', task({ step_id: 'good', ...command('echo said; echo 1 > made.txt') })],
  ['waitForStep', 'POST', '/api/v1/steps/good/wait', { include_result: true }],
  ['submitStep', 'POST', '/api/v1/runs/r/steps', task({ step_id: 'bad', ...command('exit 7') })],
  ['waitForStep', 'POST', '/api/v1/steps/bad/wait', {}],
  ['retryStep', 'POST', '/api/v1/steps/bad/retry', { reason: 'once more' }],
  ['waitForStep', 'POST', '/api/v1/steps/bad/wait'],
  ['resolveStep', 'POST', '/api/v1/steps/bad/resolve', { as: 'completed', reason: 'seven is fine' }],
  ['submitStep', 'POST', '/api/v1/runs/r/steps', task({ step_id: 'gated', ...command('echo "{}" > package.json') })],
  ['waitForRun', 'POST', '/api/v1/runs/r/wait', {}],
  ['decideGate', 'POST', '/api/v1/gates/gate-gated-a1', { action: 'approve', reason: 'looked at it' }],
  ['submitStep', 'POST', '/api/v1/runs/r/steps', task({ step_id: 'slow', ...command('sleep 60') })],
  ['cancelStep', 'POST', '/api/v1/steps/slow/cancel', { reason: 'no time' }],
  ['completeRun', 'POST', '/api/v1/runs/r/complete'],
  ['startRun', 'POST', '/api/v1/runs', { id: 'other' }],
  ['changeRun', 'PATCH', '/api/v1/runs/other', { action: 'abort' }],
  ['changeSettings', 'PATCH', '/api/v1/settings', { slots: 3, redact: null }],
  ['openInEditor', 'POST', '/api/v1/open', { editor: 'code', kind: 'repository' }],
  ['unbindAntigravity', 'DELETE', '/api/v1/antigravity/bind'],
];

/** What stands for `{id}` below each kind of path once the story is told. */
const ID_BELOW: readonly (readonly [prefix: string, id: string])[] = [
  ['/api/v1/runs/', 'r'],
  ['/api/v1/steps/', 'good'],
  ['/api/v1/attempts/', 'good-a1'],
  ['/api/v1/salvage/', 'good-a1'],
  ['/api/v1/gates/', 'gate-gated-a1'],
  ['/api/v1/executors/', 'codex'],
];

/** Reads that do not work, or do not end, without a query. */
const QUERY: Readonly<Record<string, string>> = { readEvents: '?format=json&limit=5' };

describe('every operation of the document', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  const asked = new Set<string>();

  beforeAll(async () => {
    repository = createRepository();
    const configPath = join(repository.root, '..', 'settings.json');
    writeFileSync(configPath, '{"redact": []}');
    const profiles = join(repository.root, '.codencer/executors');
    mkdirSync(profiles, { recursive: true });
    writeFileSync(join(profiles, 'typist.yaml'), 'agent: command\nterminal: true\nrecipe: {steps: [{run: read line}]}');
    const programs = join(repository.root, '..', 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'code'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { PATH: `${programs}:${process.env['PATH']}` };
    daemon = await startTestDaemon({ repoRoot: repository.root, configPath, env });
    documentedPorts.add(daemon.port);
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  async function ask(operation: string, method: string, path: string, body?: object): Promise<string> {
    const answer = await httpAnswer({
      port: daemon.port,
      method,
      path,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([operation, openApi().find(method, path.split('?', 1)[0] ?? '')?.operationId]).toEqual([
      operation,
      operation,
    ]);
    if (answer.status >= 300) throw new Error(`${operation}: ${answer.status} ${answer.body}`);
    asked.add(operation);
    return answer.body;
  }

  it('HTTP-29: what changes something answers as it says', async () => {
    for (const [operation, method, path, body] of STORY) await ask(operation, method, path, body);
  });

  it('HTTP-29: what is said to a program on a terminal answers as it says', async () => {
    const terminal = '/api/v1/attempts/talk-a1/terminal';
    const isOpen = async () =>
      (await httpAnswer({ port: daemon.port, method: 'POST', path: `${terminal}/size`, body: '{"cols":90,"rows":30}' }))
        .status === 200;
    await ask('startRun', 'POST', '/api/v1/runs', { id: 'typed' });
    await ask('submitStep', 'POST', '/api/v1/runs/typed/steps', task({ step_id: 'talk', adapter_profile: 'typist' }));
    await waitUntil(isOpen);
    await ask('resizeAttemptTerminal', 'POST', `${terminal}/size`, { cols: 100, rows: 30 });
    await ask('typeIntoAttemptTerminal', 'POST', `${terminal}/input?attach=test`, { typed: 'as it is' });
    await ask('cancelStep', 'POST', '/api/v1/steps/talk/cancel', { reason: 'enough' });
  });

  it('HTTP-29: how a window gets in, and out again, answers as it says', async () => {
    const { url } = JSON.parse(await ask('mintLink', 'POST', '/api/v1/links'));
    const code = new URL(url).hash.replace('#link=', '');
    const { token_id: id } = JSON.parse(await ask('exchangeLink', 'POST', '/api/v1/links/exchange', { code }));
    await ask('revokeToken', 'DELETE', `/api/v1/tokens/${id}`);
  });

  it('HTTP-29: what reads something answers as it says', async () => {
    const [artifact] = JSON.parse(await ask('listStepArtifacts', 'GET', '/api/v1/steps/good/artifacts'));
    const attempt = JSON.parse(await ask('getAttempt', 'GET', '/api/v1/attempts/good-a1'));
    await ask('verifyArtifact', 'POST', `/api/v1/artifacts/${artifact.id}/verify`);
    const ids = [...ID_BELOW, ['/api/v1/artifacts/', artifact.id], ['/api/v1/traces/', attempt.trace_id]] as const;
    for (const { operationId, method, path } of openApi().operations.filter(({ method }) => method === 'GET')) {
      const id = ids.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'nothing';
      await ask(
        operationId,
        method,
        `${path.replace('{id}', id).replace('{phaseId}', 'phase-execution-r').replace('{page}', 'states')}${QUERY[operationId] ?? ''}`,
      );
    }
  });

  it('HTTP-29: what cannot be undone answers as it says', async () => {
    await ask('releaseSalvage', 'POST', '/api/v1/salvage/good-a1/release');
  });

  it('HTTP-29: nothing was left out', () => {
    const known = openApi().operations.map(({ operationId }) => operationId);
    expect([...asked].toSorted()).toEqual(known.toSorted());
  });

  it('HTTP-29: a client that is made of the document submits a step and waits for it', async () => {
    const definition = JSON.parse(readFileSync(OPENAPI_FILE, 'utf8'));
    const made = new OpenAPIClientAxios({ definition, withServer: { url: daemon.baseUrl } });
    const client = await made.getClient();
    await client['startRun']?.({}, { id: 'by-client' });
    const submitted = await client['submitStep']?.({ id: 'by-client' }, task(command('echo hello')));
    const ended = await client['waitForStep']?.({ id: submitted?.data.id }, { include_result: true });
    expect(ended?.data).toMatchObject({
      terminal: true,
      state: 'completed',
      result: { state: 'completed', exit_code: 0 },
    });
  });
});
