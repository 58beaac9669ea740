import { describe, expect, it } from 'vitest';
import { attemptIdOf, StepId } from '../../../../contract/ids.ts';
import { AttemptRecord } from '../../../../contract/records.ts';
import { newAttempt } from '../../../../main/daemon/domain/new-attempt.ts';
import { AT_MS, attempt, step } from '../../../support/sample-records.ts';

describe('a new attempt', () => {
  const start = { isSimulation: true, worktreePath: '/w/1', baseCommit: null, createdAtMs: AT_MS, mark: 'i:a:1' };
  const { traceId } = attempt({});

  it('is of its step as it was submitted last, and has come to nothing yet', () => {
    const made = newAttempt(step({ record: { id: 's1', submission: 3, executor: 'command' } }), 2, {
      ...start,
      traceId,
    });
    expect(AttemptRecord.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      id: attemptIdOf(StepId.parse('s1'), 2),
      stepId: 's1',
      number: 2,
      submission: 3,
      executor: 'command',
      ...start,
    });
    expect(made).toMatchObject({ state: 'dispatching', startedAtMs: null, endedAtMs: null, updatedAtMs: AT_MS });
  });
});
