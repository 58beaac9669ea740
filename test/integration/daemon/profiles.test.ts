import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';

const KEY = 'correct-horse-battery-42';

/** Answers as Claude Code does, and tells what it was given. */
const PROGRAM = `#!/bin/sh
[ "$1" = --version ] && { echo "9.8.7 (a stand-in)"; exit 0; }
read -r prompt
echo "key $AGENT_KEY" > made.txt
echo "{\\"type\\":\\"system\\",\\"subtype\\":\\"init\\",\\"session_id\\":\\"s1\\",\\"model\\":\\"m\\"}"
[ "$SLEEP" = "" ] || sleep "$SLEEP"
echo "{\\"type\\":\\"result\\",\\"subtype\\":\\"success\\",\\"is_error\\":false,\\"result\\":\\"the key is $AGENT_KEY\\",\\"session_id\\":\\"s1\\"}"
`;

const Attempt = z.looseObject({ invocation: z.looseObject({ argv: z.array(z.string()) }).nullable() });

describe('a task that names a profile', () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let folder: string;
  const profile = (name: string, text: string) => writeFileSync(join(folder, `${name}.yaml`), text);

  beforeAll(async () => {
    repository = createRepository({ 'README.md': '# test\n' });
    folder = join(repository.root, '.codencer/executors');
    mkdirSync(folder, { recursive: true });
    const program = join(repository.root, '../stand-in');
    writeFileSync(program, PROGRAM, { mode: 0o755 });
    profile(
      'reviewer',
      `agent: claude\nprogram: ${program}\nargs: [--note, '${KEY}']\nmodel: some-model\nenvironment: {AGENT_KEY: MY_VALUE}`,
    );
    profile('broken', 'agent: claude\nmodle: x');
    profile('unset', `agent: claude\nprogram: ${program}\nenvironment: {AGENT_KEY: NOT_SET_ANYWHERE}`);
    profile(
      'slow',
      `agent: claude\nprogram: ${program}\nenvironment: {SLEEP: A_MINUTE}\nlimits: {wall_clock_seconds: 1}`,
    );
    profile(
      'lint',
      'agent: command\nrecipe: {steps: [{run: cat "$CODENCER_TASK_FILE" > told.txt; echo $MORE}]}\nenvironment: {MORE: MY_VALUE}',
    );
    daemon = await startTestDaemon({ repoRoot: repository.root, env: { MY_VALUE: KEY, A_MINUTE: '60' } });
    client = createTaskClient(daemon);
    await client.startRun('r');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  it('PROF-10, PROF-11: runs its program with the variables that it names, and keeps how that was', async () => {
    const result = await client.run('r', { adapter_profile: 'reviewer', goal: 'look at it' });
    expect(result).toMatchObject({ state: 'completed', files_changed: ['made.txt'], is_simulation: false });
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('show', `${ref?.name}:made.txt`)).toBe(`key ${KEY}\n`);
    const { json } = await daemon.request('GET', `/api/v1/attempts/${result.attempt_id}`);
    const { invocation } = Attempt.parse(json);
    expect(invocation).toMatchObject({
      program: join(repository.root, '../stand-in'),
      version: '9.8.7 (a stand-in)',
      model: 'some-model',
      profile: 'reviewer',
      profile_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(invocation?.argv.slice(-2)).toEqual(['--note', '[redacted]']);
    const { reported_model: reported, ...known } = Attempt.parse(json).invocation ?? { argv: [] };
    expect(reported).toBe('m');
    expect(JSON.parse(readFileSync(result.artifacts?.['invocation.json'] ?? '', 'utf8'))).toEqual(known);
  });

  it('PROF-12: what the profile hands over is taken out of everything that is shown', async () => {
    const result = await client.run('r', { adapter_profile: 'reviewer', goal: 'look at it again' });
    expect(result.summary).toBe('the key is [redacted]');
    for (const name of ['stdout.log', 'invocation.json']) {
      expect(readFileSync(result.artifacts?.[name] ?? '', 'utf8')).not.toContain(KEY);
    }
  });

  it('PROF-4: is refused when the file cannot be used, and taken when it was mended', async () => {
    const task = { version: 'v1', goal: 'x', adapter_profile: 'broken' };
    const refused = await daemon.request('POST', '/api/v1/runs/r/steps', task);
    expect([refused.status, refused.text]).toEqual([
      400,
      'executor "broken" cannot be used: .codencer/executors/broken.yaml:2: modle is not a known key; did you mean model?\n',
    ]);
    profile('broken', `agent: claude\nprogram: ${join(repository.root, '../stand-in')}\nmodel: x`);
    expect(await client.run('r', task)).toMatchObject({ state: 'completed' });
  });

  it('PROF-11: is refused when a variable that it names is not set', async () => {
    const task = { version: 'v1', goal: 'x', adapter_profile: 'unset' };
    const refused = await daemon.request('POST', '/api/v1/runs/r/steps', task);
    expect(refused.text).toContain(
      'the variable NOT_SET_ANYWHERE, from which profile "unset" takes AGENT_KEY, is not set where the daemon was started',
    );
  });

  it('PROF-13: has the time of its profile, unless the task says another', async () => {
    const result = await client.run('r', { adapter_profile: 'slow' });
    expect(result).toMatchObject({ state: 'timeout', summary: 'Execution timed out after 1 seconds' });
  });

  it('PROF-14: of command runs the recipe of its profile, which can read the task', async () => {
    const result = await client.run('r', { adapter_profile: 'lint', goal: 'mend the lint' });
    expect(result).toMatchObject({ state: 'completed', files_changed: ['told.txt'] });
    const [ref] = result.salvage?.refs ?? [];
    expect(repository.git('show', `${ref?.name}:told.txt`)).toBe('Goal\nmend the lint');
    expect(readFileSync(result.artifacts?.['stdout.log'] ?? '', 'utf8')).toBe('[redacted]\n');
    const task = JSON.parse(readFileSync(result.artifacts?.['normalized-task.json'] ?? '', 'utf8'));
    expect(task.recipe.steps).toHaveLength(1);
    expect(existsSync(join(repository.root, 'told.txt'))).toBe(false);
  });

  it('PROF-10: is counted under the name of its agent', async () => {
    await client.run('r', { adapter_profile: 'reviewer', is_simulation: true });
    const { text } = await daemon.request('GET', '/metrics');
    expect(text).toMatch(/codencer_attempts_started_total\{executor="claude"\} [1-9]/);
    expect(text).not.toContain('executor="reviewer"');
  });

  it('PROF-10: is simulated when its agent is, in its name', async () => {
    const result = await client.run('r', { adapter_profile: 'reviewer', is_simulation: true });
    expect(result).toMatchObject({ is_simulation: true, summary: 'Simulated successful reviewer task.' });
  });
});
