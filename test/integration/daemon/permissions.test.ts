import { beforeEach, describe, expect, it } from 'vitest';
import type { PermissionRequest } from '../../../contract/permission.ts';
import type { GateRecord } from '../../../contract/records.ts';
import { decideGate } from '../../../main/daemon/services/decide-gate.ts';
import { waitForStep } from '../../../main/daemon/services/wait.ts';
import {
  ASKER,
  type AskingExecutor,
  type AskingRun,
  createAskingExecutor,
  withAsking,
} from '../../support/asking-executor.ts';
import { httpAnswer } from '../../support/http-request.ts';
import { runCliAt } from '../../support/run-cli.ts';
import { type ServedServices, serveServices } from '../../support/serve-services.ts';
import { spawnCli } from '../../support/spawn-cli.ts';
import { successOf } from '../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  submit,
  type TestServices,
  taskOf,
} from '../../support/test-services.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** Executors that ask, behind a daemon's edge and the command line. */
describe('permissions from outside', () => {
  let services: TestServices;
  let served: ServedServices;
  let asking: AskingExecutor;
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
    served = await serveServices(services);
    asking = createAskingExecutor();
    replaceIn(services, 'executors', (before) => withAsking(before, asking));
    services.dispatcher.start();
  });

  interface Asked {
    readonly run: AskingRun;
    readonly answer: ReturnType<AskingRun['ask']>;
    readonly gate: GateRecord;
  }
  async function ask(stepId: string, request: Partial<PermissionRequest> = {}): Promise<Asked> {
    const step = successOf(await submit(services, taskOf({ adapterProfile: ASKER, stepId })));
    const run = await asking.next();
    const answer = run.ask(request);
    const limits = { timeoutMs: 20_000, signal: new AbortController().signal };
    await waitForStep(services.context, { stepId: step.id, ...limits });
    const [gate] = services.store.gates.pendingOfStep(step.id);
    if (gate === undefined) throw new Error('no gate');
    return { run, answer, gate };
  }
  const cli = (...args: readonly string[]) => runCliAt(served.url, args);
  const post = (gateId: string, body: object) =>
    httpAnswer({
      port: served.port,
      method: 'POST',
      path: `/api/v1/gates/${gateId}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('SRV-51: a gate holds all that is asked', async () => {
    const { gate, run, answer } = await ask('s1', { cwd: '/somewhere', paths: ['a'], diff: '+a\n', reason: 'why' });
    const shown = await httpAnswer({ port: served.port, path: `/api/v1/gates/${gate.id}` });
    expect(JSON.parse(shown.body)).toMatchObject({
      kind: 'permission',
      state: 'pending',
      description: 'Claude asks to run: npm test',
      attempt_id: run.task.attemptId,
      on_expiry: 'reject',
      request: {
        tool: 'Bash',
        tool_kind: 'execute',
        title: 'npm test',
        command: 'npm test',
        cwd: '/somewhere',
        paths: ['a'],
        diff: '+a\n',
        input: '{"command":"npm test"}',
        reason: 'why',
      },
      scope: null,
    });
    expect((await post(gate.id, { action: 'approve', digest: gate.subjectDigest })).status).toBe(200);
    expect(await answer).toEqual({ answer: 'allow', scope: 'once' });
    expect((await post(gate.id, { action: 'reject' })).status).toBe(409);
  });

  it('SRV-54: a scope is one of two words, and for the approval of a permission alone', async () => {
    const { gate } = await ask('s1');
    for (const body of [
      { action: 'approve', scope: 'for ever' },
      { action: 'reject', scope: 'once' },
    ]) {
      expect((await post(gate.id, body)).status).toBe(400);
    }
    expect((await post(gate.id, { action: 'approve', digest: '0'.repeat(64) })).status).toBe(409);
    expect(services.store.gates.get(gate.id)?.state).toBe('pending');
  });

  it('HTTP-6: a process of the attempt answers no question of its own, nor one of another', async () => {
    const one = await ask('s1');
    const two = await ask('s2');
    served.askAs(one.run.task.attemptId);
    for (const { gate } of [one, two]) {
      expect((await post(gate.id, { action: 'approve', scope: 'attempt' })).status).toBe(403);
      expect(services.store.gates.get(gate.id)?.state).toBe('pending');
    }
    served.askAs(null);
    expect((await post(one.gate.id, { action: 'approve' })).status).toBe(200);
  });

  it('two agents wait at once, and each is answered by the command line', async () => {
    const one = await ask('s1');
    const two = await ask('s2', {
      tool: 'Write',
      toolKind: 'edit',
      title: 'Write b.ts',
      command: null,
      paths: ['/w/b.ts'],
      diff: '+x\n+y\n',
      input: '{"file":"b.ts","text":"x"}',
    });
    const listed = await cli('gate', 'list', '--state', 'pending');
    expect(listed.stdout).toContain('gate-s1-a1-p1');
    expect(listed.stdout).toContain('Claude asks to change: /w/b.ts');
    const waited = await cli('step', 'wait', 's2');
    expect(waited.exitCode).toBe(4);
    expect(waited.stderr).toContain('Claude asks to change: /w/b.ts');
    expect(waited.stderr).toContain('codencer gate approve gate-s2-a1-p1');
    expect((await cli('run', 'wait', 'r1')).exitCode).toBe(4);

    const shown = (await cli('gate', 'show', two.gate.id)).stdout;
    const until = new Date(two.gate.expiresAtMs ?? 0).toISOString().slice(0, 19);
    expect(shown).toBe(
      [
        '--- Gate: gate-s2-a1-p1 ---',
        'State:     pending',
        'Kind:      permission',
        'Asked:     Claude asks to change: /w/b.ts',
        'Tool:      Write (edit)',
        'Title:     Write b.ts',
        'Files:     /w/b.ts',
        'Input:     {',
        '             "file": "b.ts",',
        '             "text": "x"',
        '           }',
        'Change:',
        '  +x',
        '  +y',
        `Since:     ${new Date(two.gate.createdAtMs).toISOString().slice(0, 19)}Z`,
        `Until:     ${until}Z, then it is rejected`,
        'Run:       r1',
        'Step:      s2',
        'Attempt:   s2-a1',
        `Digest:    ${two.gate.subjectDigest}`,
        '',
        'Allow this once:',
        `  codencer gate approve gate-s2-a1-p1 --digest ${two.gate.subjectDigest}`,
        'Allow it, and until the attempt ends also whatever else Write does to the same files:',
        `  codencer gate approve gate-s2-a1-p1 --digest ${two.gate.subjectDigest} --for-attempt`,
        'Reject it; the agent is told no, and what it does then is its own:',
        '  codencer gate reject gate-s2-a1-p1 --reason <text>',
        '',
      ].join('\n'),
    );
    expect((await cli('gate', 'approve', two.gate.id, '--for-attempt')).exitCode).toBe(0);
    expect(await two.answer).toEqual({ answer: 'allow', scope: 'attempt' });
    expect((await cli('gate', 'show', two.gate.id)).stdout).toContain(
      'Reach:     until the attempt ends: whatever else Write does to the same files',
    );
    expect((await cli('gate', 'reject', one.gate.id, '--reason', 'not here', '--for-attempt')).exitCode).toBe(1);
    expect((await cli('gate', 'reject', one.gate.id, '--reason', 'not here')).exitCode).toBe(0);
    expect(await one.answer).toEqual({ answer: 'reject', reason: 'not here' });
    for (const { run } of [one, two]) run.end();
    for (const id of ['s1', 's2']) expect((await cli('step', 'wait', id)).exitCode).toBe(0);
    const again = await cli('gate', 'approve', one.gate.id);
    expect([again.exitCode, again.stderr]).toEqual([5, expect.stringContaining('already resolved')]);
  });

  it.each([
    ['step', 'logs', 's1'],
    ['attempt', 'log', 's1-a1'],
    ['step', 'activity', 's1'],
    ['attempt', 'activity', 's1-a1'],
  ])('CLI-46: who follows %s %s hears once of each gate that waits, and how to answer it', async (...words) => {
    const agent = { ...asking.executor, agent: { canResume: false } } as const;
    replaceIn(services, 'executors', (before) => withAsking(before, { ...asking, executor: agent }));
    const before = await ask('s1');
    before.run.task.onActivity({ kind: 'message', text: 'I look.', isDelta: false });
    successOf(decideGate(services.context, { gateId: before.gate.id, action: 'approve', actor: 'operator' }));
    const answer = before.run.ask({ command: 'npm publish' });
    const follower = spawnCli([...words, '--follow'], { env: { ORCHESTRATORD_URL: served.url } });
    await waitUntil(() => follower.stderr().includes('gate reject'));
    expect((await cli('gate', 'approve', 'gate-s1-a1-p2')).exitCode).toBe(0);
    await answer;
    before.run.end();
    expect(await follower.ended).toEqual({ exitCode: 0, signal: null });
    expect(follower.stderr().match(/\n?.*A gate waits[\s\S]*<text>\n/g)).toEqual([
      [
        '\nA gate waits for an answer: Claude asks to run: npm publish',
        '  codencer gate show gate-s1-a1-p2',
        '  codencer gate approve gate-s1-a1-p2',
        '  codencer gate reject gate-s1-a1-p2 --reason <text>',
        '',
      ].join('\n'),
    ]);
  });

  it('CLI-46: with --json nothing is said beside the lines', async () => {
    const { run, gate } = await ask('s1');
    const follower = spawnCli(['step', 'activity', 's1', '--follow', '--json'], {
      env: { ORCHESTRATORD_URL: served.url },
    });
    expect((await cli('gate', 'approve', gate.id)).exitCode).toBe(0);
    run.end();
    await follower.ended;
    expect(follower.stderr()).toBe('');
  });

  it('CLI-46: watched in a pipe, a step that ends at a gate is told with the commands that answer it', async () => {
    const { run } = await ask('s1');
    const watched = await cli('step', 'watch', 's1');
    expect([watched.exitCode, watched.stderr]).toEqual([4, expect.stringContaining('gate approve gate-s1-a1-p1')]);
    run.end();
  });
});
