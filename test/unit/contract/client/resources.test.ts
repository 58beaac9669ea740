import { describe, expect, it } from 'vitest';

import { listStepChanges, openChanges } from '../../../../contract/client/changes-routes.ts';
import type { Connection } from '../../../../contract/client/http-types.ts';
import { getLogLines } from '../../../../contract/client/log-lines-routes.ts';
import { getCompatibility, listInstances } from '../../../../contract/client/machine-routes.ts';
import { getTrace } from '../../../../contract/client/trace-routes.ts';
import { InstanceId, TraceId } from '../../../../contract/ids.ts';
import { encodeChanges } from '../../../../contract/wire/changes.ts';
import { encodeCompatibility } from '../../../../contract/wire/compatibility.ts';
import { encodeInstanceList } from '../../../../contract/wire/instance-list.ts';
import { encodeLogLines } from '../../../../contract/wire/log-lines.ts';
import { encodeTrace } from '../../../../contract/wire/trace.ts';
import { recordingConnection } from '../../../support/recording-connection.ts';
import { AT_MS, attempt } from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';

const PAIR = { stepId: 's', fromId: 'a1', toId: 'a2' };

const ROUTES: readonly [string, (connection: Connection) => Promise<unknown>][] = [
  ['/api/v1/steps/s/changes', (c) => listStepChanges(c, { stepId: 's' })],
  ['/api/v1/steps/s%2F1/changes?attempt=a1', (c) => listStepChanges(c, { stepId: 's/1', attemptId: 'a1' })],
  ['/api/v1/steps/s/changes?from=a1&to=a2', (c) => listStepChanges(c, PAIR)],
  ['/api/v1/steps/s/diff?from=a1&to=a2&file=a%20b', (c) => openChanges(c, PAIR, { file: 'a b' })],
  ['/api/v1/steps/s/diff', (c) => openChanges(c, { stepId: 's' })],
  ['/api/v1/compatibility', (c) => getCompatibility(c)],
  ['/api/v1/instances', (c) => listInstances(c)],
  ['/api/v1/traces/t', (c) => getTrace(c, 't')],
  ['/api/v1/steps/s/logs?format=json', (c) => getLogLines(c, { stepId: 's' })],
  [
    '/api/v1/steps/s/logs?format=json&attempt=a&stream=stderr&q=x%26y&line_offset=0&limit=5',
    (c) => getLogLines(c, { stepId: 's', attemptId: 'a', stream: 'stderr', text: 'x&y', offset: 0, limit: 5 }),
  ],
];

describe('the client', () => {
  it.each(ROUTES)('asks %s', async (path, ask) => {
    const { connection, requests } = recordingConnection();
    await ask(connection);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${connection.baseUrl}${path}`]);
  });

  const answering = (body: unknown) => recordingConnection({ text: JSON.stringify(body) }).connection;

  it('reads what changed', async () => {
    const file = { path: 'b', oldPath: 'a', status: 'renamed', oldMode: '100644', newMode: '100644' } as const;
    const binary = { additions: null, deletions: null, isBinary: true, sizeBytes: 3 };
    const changes = { attemptId: 'a2', fromAttemptId: null, fromCommit: null, toCommit: null, total: 9 };
    const connection = answering(encodeChanges({ ...changes, files: [{ ...file, ...binary }] }));
    const document = successOf(await listStepChanges(connection, { stepId: 's' }));
    expect(successOf(document.read())).toEqual({
      attemptId: 'a2',
      fromAttemptId: '',
      fromCommit: '',
      toCommit: '',
      total: 9,
      files: [{ ...file, ...binary }],
    });
  });

  it('reads which executors there are', async () => {
    const executor = { name: 'codex', tier: 2, mode: null, program: null, detail: 'not here' };
    const connection = answering(
      encodeCompatibility({ tier: 2, executors: [executor], os: 'linux', isInsideVsCode: false }),
    );
    const { tier, executors } = successOf(successOf(await getCompatibility(connection)).read());
    expect([tier, executors]).toEqual([
      2,
      [{ id: 'codex', status: 'unavailable', tier: 2, mode: '', binary: '', version: '', detail: 'not here' }],
    ]);
  });

  it('reads the daemons of a user', async () => {
    const instance = {
      id: InstanceId.parse('i'),
      version: '1',
      repoRoot: '/r',
      stateDir: '/r/.codencer',
      workspaceRoot: '/w',
      host: '127.0.0.1',
      port: 1,
      baseUrl: 'http://127.0.0.1:1',
      executionMode: 'real',
      pid: 7,
      startedAtMs: AT_MS,
      nodeVersion: '24',
      system: 'Linux',
    } as const;
    const listed = { instances: [{ state: 'stale', isSelf: false, instance }] as const, damaged: [] };
    const [found] = successOf(successOf(await listInstances(answering(encodeInstanceList(listed)))).read());
    expect(found).toMatchObject({ state: 'stale', isSelf: false, instance: { id: 'i', pid: 7, repoRoot: '/r' } });
  });

  it('reads a trace and lines of a log', async () => {
    const trace = { traceId: TraceId.parse('t'), attempts: [attempt({})], events: [] };
    const read = successOf(successOf(await getTrace(answering(encodeTrace(trace)), 't')).read());
    expect([read.id, read.attempts.map(({ id }) => id), read.events]).toEqual(['t', ['s-min-a1'], []]);
    const lines = { attemptId: 'a', total: 3, isComplete: false, lines: [{ number: 1, text: 'x', isCut: false }] };
    const asked = await getLogLines(answering(encodeLogLines(lines)), { stepId: 's' });
    expect(successOf(successOf(asked).read())).toEqual({
      total: 3,
      isComplete: false,
      lines: ['x'],
      numbers: [1],
      cut: [],
    });
  });
});
