import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { AttemptId, RunId, StepId } from '../../../../../contract/ids.ts';
import { TaskSpec } from '../../../../../contract/task-spec.ts';
import { simulationExecutor } from '../../../../../main/daemon/adapters/executors/simulation.ts';
import { successOf } from '../../../../support/success-of.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function start(simulation: object, requestedName = 'codex') {
  const folder = temporaryFolder();
  const [worktreePath, evidencePath] = [join(folder, 'worktree'), join(folder, 'evidence')];
  for (const path of [worktreePath, evidencePath]) mkdirSync(path);
  let output = '';
  const sink = {
    write(chunk: Uint8Array) {
      output += Buffer.from(chunk).toString();
      return undefined;
    },
  };
  const started = await simulationExecutor.start({
    runId: RunId.parse('r'),
    stepId: StepId.parse('s'),
    attemptId: AttemptId.parse('s-a1'),
    spec: TaskSpec.parse({ simulation }),
    requestedName,
    worktreePath,
    evidencePath,
    env: {},
    mark: '',
    stdout: sink,
    stderr: sink,
    redact: (text) => text,
    onProgress: () => undefined,
    onActivity: () => undefined,
    askPermission: async () => ({ answer: 'cancelled' }),
    askPerson: async () => ({ answer: 'cancelled' }),
    prompt: '',
    resumeSession: null,
    message: null,
  });
  return { ...successOf(started), worktreePath, evidencePath, output: () => output };
}

describe('the simulation', () => {
  it('says what it is, makes the edits that it lists, and leaves a result', async () => {
    const edits = [
      { action: 'write', path: 'a/b.txt', content: 'text' },
      { action: 'write', path: 'gone.txt', content: '' },
      { action: 'delete', path: 'gone.txt' },
    ];
    const run = await start({ edits, question: 'which one?' });
    const summary = 'Simulated successful codex task.';
    expect(await run.ended).toMatchObject({
      end: { kind: 'completed' },
      summary,
      questions: ['which one?'],
      exitCode: 0,
    });
    expect(run.process).toBeNull();
    expect(run.output()).toBe('Executing Simulated codex for attempt s-a1\n');
    expect(readFileSync(join(run.worktreePath, 'a/b.txt'), 'utf8')).toBe('text');
    expect(existsSync(join(run.worktreePath, 'gone.txt'))).toBe(false);
    expect(JSON.parse(readFileSync(join(run.evidencePath, 'result.json'), 'utf8'))).toEqual({
      state: 'completed',
      summary,
      needs_human_decision: true,
    });
  });

  it('has its own words for one agent', async () => {
    const run = await start({}, 'openclaw-acpx');
    expect((await run.ended).summary).toBe('Simulated OpenClaw execution successful.');
  });

  it('prints as much as it is told to, and fails as it is told to', async () => {
    const run = await start({ outputBytes: 5000, exitCode: 3 });
    expect(await run.ended).toMatchObject({
      end: { kind: 'failed', failureClass: 'command_failed' },
      summary: 'Simulated failure of codex: exit status 3',
      exitCode: 3,
    });
    expect(run.output().slice(run.output().indexOf('\n') + 1)).toHaveLength(5000);
    expect(existsSync(join(run.evidencePath, 'result.json'))).toBe(false);
  });

  it('ends early when it is stopped, without edits', async () => {
    const run = await start({ durationMs: 3_600_000, edits: [{ action: 'write', path: 'a', content: '' }] });
    run.stop('cancel');
    run.stop('shutdown');
    expect(await run.ended).toMatchObject({ end: { kind: 'stopped', reason: 'cancel' } });
    expect(existsSync(join(run.worktreePath, 'a'))).toBe(false);
  });

  it.each([
    ['../out', /^Simulated edit refused: /],
    ['.', /^Simulated edit refused: it names the whole worktree$/],
    ['file/below', /^Simulated edit refused: .*file\/below/],
    ['folder', /^Simulated edit failed: .*folder/],
  ])('an edit of %s is an outcome, not a fault', async (path, summary) => {
    const run = await start({ durationMs: 20, edits: [{ action: 'write', path, content: 'x' }] });
    mkdirSync(join(run.worktreePath, 'folder'));
    writeFileSync(join(run.worktreePath, 'file'), '');
    const outcome = await run.ended;
    expect(outcome).toMatchObject({ end: { kind: 'failed', failureClass: 'command_failed' }, exitCode: 1 });
    expect(outcome.summary).toMatch(summary);
  });
});
