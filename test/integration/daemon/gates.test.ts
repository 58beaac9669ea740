import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

const GATED = command('echo "{}" > package.json');

describe('gates', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;

  beforeAll(async () => {
    repository = createRepository();
    await start();
    await client.startRun('gated');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  async function start(): Promise<void> {
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
  }

  async function submitGated() {
    const step = await client.submit('gated', GATED);
    const wait = await client.wait(step.id);
    const [gate] = await client.gates(step.id);
    if (gate === undefined) throw new Error(`no gate: ${JSON.stringify(wait)}`);
    return { step, gate, wait };
  }

  const decide = (gateId: string, body: unknown) => daemon.request('POST', `/api/v1/gates/${gateId}`, body);

  it('stops a step, and the wait says at which gate', async () => {
    const { step, gate, wait } = await submitGated();
    expect(wait).toMatchObject({ state: 'needs_approval', terminal: false, timed_out: false, gates: [gate.id] });
    expect((await client.result(step.id)).state).toBe('needs_approval');
    expect(await client.runState('gated')).toBe('paused_for_gate');
    await decide(gate.id, { action: 'approve' });
  });

  it('completes the step when approved, exactly once', async () => {
    const { step, gate } = await submitGated();
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => decide(gate.id, { action: 'approve', digest: gate.subject_digest })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
    expect((await client.result(step.id)).state).toBe('completed');
    expect(await client.runState('gated')).toBe('running');
  });

  it('ends the step cancelled with the reason when rejected', async () => {
    const { step, gate } = await submitGated();
    expect((await decide(gate.id, { action: 'reject', reason: 'not this dependency' })).status).toBe(200);
    expect(await client.step(step.id)).toMatchObject({
      state: 'cancelled',
      status_reason: expect.stringContaining('not this dependency'),
    });
    expect((await decide(gate.id, { action: 'approve' })).status).toBe(409);
  });

  it('refuses a decision about something else', async () => {
    const { step, gate } = await submitGated();
    expect((await decide(gate.id, { action: 'approve', digest: 'f'.repeat(64) })).status).toBe(409);
    expect((await client.result(step.id)).state).toBe('needs_approval');
    expect((await decide(gate.id, { action: 'approve', digest: gate.subject_digest })).status).toBe(200);
  });

  it('understands gate-<step> and gate-<attempt>', async () => {
    const { step } = await submitGated();
    expect((await decide(`gate-${step.id}`, { action: 'approve' })).status).toBe(200);
    expect((await decide(`gate-${step.id}`, { action: 'approve' })).status).toBe(409);
    expect((await decide('gate-nothing', { action: 'approve' })).status).toBe(404);
  });

  it('survives a restart, planned or not', async () => {
    const first = await submitGated();
    await daemon.stop();
    await start();
    const second = await submitGated();
    await daemon.kill();
    await start();
    for (const { step, gate } of [first, second]) {
      expect((await client.result(step.id)).state).toBe('needs_approval');
      expect((await decide(gate.id, { action: 'approve' })).status).toBe(200);
      expect((await client.result(step.id)).state).toBe('completed');
    }
  });

  it('are not loosened by a policy file that an earlier attempt wrote', async () => {
    const policy = `${repository.root}/.codencer/policies/default_safe_refactor.yaml`;
    const loosen = `mkdir -p "$(dirname ${policy})" && echo 'name: default_safe_refactor' > ${policy} && exit 1`;
    const step = await client.submit('gated', {
      ...command(`if [ -e ${policy} ]; then echo "{}" > package.json; else ${loosen}; fi`),
      retry: { max_attempts: 2, base_seconds: 0, on: ['command_failed'] },
    });
    await client.wait(step.id);
    const [gate] = await client.gates(step.id);
    expect(gate?.state).toBe('pending');
    await decide(gate?.id ?? '', { action: 'approve' });
    rmSync(policy);
  });

  it('cannot be decided by the executor, whatever token it shows', async () => {
    const { step, gate } = await submitGated();
    const url = `${daemon.baseUrl}/api/v1/gates/${gate.id}`;
    const program = join(import.meta.dirname, '../../fixtures/programs/approve-gate.mjs');
    const approve = `${process.execPath} ${program} ${url}`;
    const tries = [approve, `${approve} ${daemon.token}`, `env -i setsid ${approve}`];
    const attack = await client.run('gated', command(tries.join('; ')));
    const log = await daemon.request('GET', `/api/v1/steps/${attackStep(attack.attempt_id)}/logs`);
    expect(log.text.trim().split(/\s+/)).toEqual(['403', '403', '403']);
    expect((await client.result(step.id)).state).toBe('needs_approval');
    const events = await daemon.request('GET', '/api/v1/events?format=json&limit=1000&after=0');
    expect(events.text).toContain('access.refused');
    expect((await decide(gate.id, { action: 'approve' })).status).toBe(200);
  });

  const attackStep = (attemptId: string): string => attemptId.replace(/-a\d+$/, '');
});
