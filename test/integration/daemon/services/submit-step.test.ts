import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import type { StepId } from '../../../../contract/ids.ts';
import { err } from '../../../../contract/result.ts';
import { canMoveStep, STEP_STATES } from '../../../../contract/step-state.ts';
import { abortRun } from '../../../../main/daemon/services/abort-run.ts';
import { retryStep } from '../../../../main/daemon/services/retry-step.ts';
import * as sample from '../../../support/sample-records.ts';
import { failureOf, successOf } from '../../../support/success-of.ts';
import {
  openRun,
  openTestServices,
  replaceIn,
  runIdOf,
  stepIdOf,
  submit,
  type TestServices,
  taskOf,
} from '../../../support/test-services.ts';

describe('submitting a task', () => {
  let services: TestServices;
  beforeEach(async () => {
    services = await openTestServices();
    openRun(services);
  });

  const stepFolder = (stepId: string) => join(services.stateDir, 'artifacts/r1', stepId);
  const storedTask = (stepId: string, submission: number): { readonly title: string } =>
    JSON.parse(readFileSync(join(stepFolder(stepId), `submission-${submission}/normalized-task.json`), 'utf8'));
  const eventTypes = (stepId: StepId) =>
    services.store.events.read({ after: 0, stepId, limit: 100 }).map(({ type }) => type);

  /** Lets a test act while the provenance is written. */
  function whileWriting(act: () => unknown): void {
    replaceIn(services, 'evidence', (before) => ({
      async writeSubmission(step, original) {
        const written = await before.writeSubmission(step, original);
        await act();
        return written;
      },
    }));
  }

  /** A step of the run that stands where the test needs it. */
  function insertStep(id: string, state: (typeof STEP_STATES)[number]): StepId {
    const step = sample.step({ record: { id, runId: 'r1', phaseId: 'phase-execution-r1', state } });
    services.store.steps.insert(step);
    return step.id;
  }

  it('SRV-6: of two submits of one id at once one is taken, and its provenance is the one on disk', async () => {
    const titles = ['first', 'second', 'third'];
    const answers = await Promise.all(titles.map((title) => submit(services, taskOf({ stepId: 'twin', title }))));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('step_in_flight');
    const stored = services.store.steps.get(stepIdOf('twin'));
    expect(stored?.submission).toBe(1);
    expect(storedTask('twin', 1).title).toBe(stored?.spec.title);
    expect(readdirSync(stepFolder('twin'))).toEqual(['submission-1']);
  });

  it('SRV-6: a claim does not outlive a refusal', async () => {
    const { evidence } = services.context;
    replaceIn(services, 'evidence', () => ({ writeSubmission: async () => err({ sentence: 'the folder is gone' }) }));
    expect(failureOf(await submit(services, taskOf({ stepId: 'again' }))).message).toBe('the folder is gone');
    services.context.evidence = evidence;
    successOf(await submit(services, taskOf({ stepId: 'again' })));
  });

  it('SRV-7: the id of a settled step means: try it anew, with the task as it is now', async () => {
    const first = successOf(await submit(services, taskOf({ stepId: 's1', title: 'before', priority: 3 })));
    services.store.steps.save({ ...first, state: 'failed_terminal', statusReason: 'broke', attemptsUsed: 1 });
    const task = taskOf({ stepId: 's1', title: 'after', phaseId: 'p2' });
    const again = successOf(await submit(services, task));
    expect(again).toEqual(services.store.steps.get(first.id));
    expect(again).toMatchObject({ state: 'pending', statusReason: '', submission: 2, attemptsUsed: 0, priority: 0 });
    expect(again).toMatchObject({ phaseId: 'p2', createdAtMs: first.createdAtMs });
    expect([storedTask('s1', 1).title, storedTask('s1', 2).title]).toEqual(['before', 'after']);
    expect(eventTypes(first.id)).toEqual(['step.submitted', 'step.submitted', 'step.state_changed']);
  });

  it('SRV-7, STATE-6: any state that a retry may leave, and no other', async () => {
    for (const state of STEP_STATES) {
      const stepId = insertStep(`s-${state}`, state);
      const answer = await submit(services, taskOf({ stepId }));
      expect([state, answer.ok]).toEqual([state, canMoveStep(state, { by: 'retry', to: 'pending' })]);
      if (answer.ok) expect(answer.value).toMatchObject({ state: 'pending', submission: 2 });
      else {
        expect(answer.error).toMatchObject({ code: 'step_in_flight', message: expect.stringContaining(state) });
        expect(services.store.steps.get(stepId)).toMatchObject({ state, submission: 1 });
      }
    }
  });

  it('SRV-8: refuses ids of another run, and nothing of it is on disk', async () => {
    openRun(services, 'r2');
    successOf(await submit(services, taskOf({ stepId: 'theirs', phaseId: 'their-phase' }), 'r2'));
    expect(failureOf(await submit(services, taskOf({ stepId: 'theirs' })))).toMatchObject({
      code: 'run_mismatch',
      message: 'step theirs belongs to run r2: choose another step_id',
    });
    const inTheirPhase = taskOf({ stepId: 'mine', phaseId: 'their-phase' });
    expect(failureOf(await submit(services, inTheirPhase))).toMatchObject({
      code: 'run_mismatch',
      message: 'phase their-phase belongs to run r2: choose another phase_id',
    });
    expect([stepFolder('theirs'), stepFolder('mine')].filter(existsSync)).toEqual([]);
  });

  it('SRV-9: a step that somebody retried meanwhile is left alone', async () => {
    const stepId = insertStep('s1', 'failed_terminal');
    whileWriting(() => successOf(retryStep(services.context, { stepId, actor: 'operator' })));
    expect(failureOf(await submit(services, taskOf({ stepId: 's1', title: 'late' }))).code).toBe('step_in_flight');
    expect(services.store.steps.get(stepId)).toMatchObject({ state: 'pending', submission: 1, spec: { title: '' } });
    expect(eventTypes(stepId)).toEqual(['step.state_changed']);
  });

  it('SRV-9: a run that was aborted meanwhile takes nothing', async () => {
    whileWriting(() => abortRun(services.context, { runId: runIdOf('r1'), actor: 'operator', reason: '' }));
    expect(failureOf(await submit(services, taskOf({ stepId: 's1' })))).toEqual({
      code: 'run_closed',
      message: 'run r1 is cancelled and takes no more work: submit the task to another run',
    });
    expect(services.store.steps.listOfRun(runIdOf('r1'))).toEqual([]);
  });
});
