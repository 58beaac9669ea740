import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE_CLASSES, type FailureClass } from '../../../../contract/failure-class.ts';
import { AttemptId } from '../../../../contract/ids.ts';
import type { ValidationRecord, ValidationState } from '../../../../contract/records.ts';
import { isStepSuccess } from '../../../../contract/step-state.ts';
import {
  type AttemptFacts,
  type Conclusion,
  concludeAttempt,
  type ExecutionEnd,
} from '../../../../main/daemon/domain/conclude-attempt.ts';

const CLASSES = Object.keys(FAILURE_CLASSES) as FailureClass[];
const completed: ExecutionEnd = { end: 'completed', summary: 'All done.' };
const failed = (failureClass: FailureClass): ExecutionEnd => ({
  end: 'failed',
  failureClass,
  summary: `It ${failureClass}.`,
});

const validation = (name: string, state: ValidationState, required = true): ValidationRecord => ({
  attemptId: AttemptId.parse('s-a1'),
  ordinal: 0,
  name,
  command: 'true',
  required,
  state,
  exitCode: null,
  signal: null,
  stdoutRef: null,
  stderrRef: null,
  error: '',
  durationMs: 0,
  startedAtMs: null,
  updatedAtMs: 0,
});

/** A plain attempt that changed one file and asked for nothing. */
const plain: AttemptFacts = {
  execution: completed,
  questions: [],
  expectsChanges: 'unknown',
  filesChanged: ['a.ts'],
  pathViolations: [],
  validations: [],
  policy: { decision: 'pass', reasons: [] },
  evidenceProblems: [],
  warnings: [],
  notes: [],
};
const conclude = (facts: Partial<AttemptFacts>): Conclusion => concludeAttempt({ ...plain, ...facts });

const passes = validation('build', 'passed');
const fails = validation('test', 'failed');
const lintFails = validation('lint', 'failed', false);
const gate = { decision: 'gate', reasons: ['too many files', 'a question'] } as const;
const fail = { decision: 'fail', reasons: ['secrets'] } as const;
const problem = ['worktree kept'];
const violation = ['"x" is out of bounds'];

/** attempt state, failure class, verdict, state that the verdict leads to. */
const outcomeOf = ({ attemptState, failureClass, verdict }: Conclusion): string => {
  const leadsTo = verdict.kind === 'end' ? verdict.state : verdict.kind === 'gate' ? verdict.approvedState : '-';
  return [attemptState, failureClass ?? '-', verdict.kind, leadsTo].join(' ');
};

describe('concludeAttempt', () => {
  it.each<[string, Partial<AttemptFacts>, string]>([
    ['nothing is wrong', {}, 'completed - end completed'],
    ['all validations pass', { validations: [passes] }, 'completed - end completed'],
    [
      'an optional validation fails',
      { validations: [passes, lintFails] },
      'completed_with_warnings - end completed_with_warnings',
    ],
    [
      'an optional validation broke',
      { validations: [validation('lint', 'errored', false)] },
      'completed_with_warnings - end completed_with_warnings',
    ],
    [
      'an optional validation did not run',
      { validations: [validation('lint', 'not_run', false)] },
      'completed_with_warnings - end completed_with_warnings',
    ],
    [
      'files were left out by a limit',
      { warnings: ['12 files over the limit'] },
      'completed_with_warnings - end completed_with_warnings',
    ],
    ['there is only something to note', { notes: ['ended 1 process'] }, 'completed - end completed'],
    ['changes were expected and made', { expectsChanges: 'yes' }, 'completed - end completed'],
    [
      'changes were expected and not made',
      { expectsChanges: 'yes', filesChanged: [] },
      'completed_with_warnings - end completed_with_warnings',
    ],
    ['no changes were expected and none made', { expectsChanges: 'no', filesChanged: [] }, 'completed - end completed'],
    ['nobody said what to expect', { filesChanged: [] }, 'completed - end completed'],
    ['a policy asks', { policy: gate }, 'completed - gate completed'],
    [
      'a policy asks about what has warnings',
      { policy: gate, validations: [lintFails] },
      'completed_with_warnings - gate completed_with_warnings',
    ],
    ['a policy forbids it', { policy: fail }, 'failed_terminal policy end failed_terminal'],
    [
      'a required validation fails',
      { validations: [passes, fails] },
      'failed_validation validation_failed end failed_validation',
    ],
    [
      'a required validation broke',
      { validations: [validation('test', 'errored')] },
      'failed_validation validation_failed end failed_validation',
    ],
    [
      'a required validation never ran',
      { validations: [validation('test', 'not_run')] },
      'failed_validation validation_failed end failed_validation',
    ],
    [
      'a required validation has no verdict',
      { validations: [validation('test', 'running')] },
      'failed_validation validation_failed end failed_validation',
    ],
    [
      'a required validation fails and a policy asks',
      { validations: [fails], policy: gate },
      'failed_validation validation_failed end failed_validation',
    ],
    [
      'a required validation fails and a policy forbids',
      { validations: [fails], policy: fail },
      'failed_validation validation_failed end failed_validation',
    ],
    ['a path rule is broken', { pathViolations: violation }, 'failed_terminal policy end failed_terminal'],
    [
      'a path rule is broken and a validation fails',
      { pathViolations: violation, validations: [fails] },
      'failed_terminal policy end failed_terminal',
    ],
    [
      'a path rule is broken and a policy asks',
      { pathViolations: violation, policy: gate },
      'failed_terminal policy end failed_terminal',
    ],
    ['evidence is not whole', { evidenceProblems: problem }, 'failed_bridge evidence_failed attention -'],
    [
      'evidence is not whole and a policy asks',
      { evidenceProblems: problem, policy: gate },
      'failed_bridge evidence_failed attention -',
    ],
    [
      'evidence is not whole and everything else is wrong',
      { evidenceProblems: problem, pathViolations: violation, validations: [fails], policy: fail },
      'failed_bridge evidence_failed attention -',
    ],
    ['it was cancelled', { execution: failed('cancelled') }, 'cancelled cancelled end cancelled'],
    [
      'it was cancelled and something is still alive',
      { execution: failed('cancelled'), evidenceProblems: ['still alive: 7'] },
      'cancelled cancelled attention -',
    ],
    ['it was interrupted', { execution: failed('interrupted') }, 'failed_bridge interrupted end failed_bridge'],
    [
      'it was interrupted and work could not be saved',
      { execution: failed('interrupted'), evidenceProblems: problem },
      'failed_bridge interrupted attention -',
    ],
    ['it ran out of time', { execution: failed('timeout'), policy: gate }, 'timeout timeout end timeout'],
    [
      'the command failed and a policy asks',
      { execution: failed('command_failed'), policy: gate },
      'failed_terminal command_failed end failed_terminal',
    ],
    [
      'the command failed after breaking a path rule',
      { execution: failed('command_failed'), pathViolations: violation },
      'failed_terminal command_failed end failed_terminal',
    ],
    ['the executor broke', { execution: failed('adapter_failed') }, 'failed_adapter adapter_failed end failed_adapter'],
    [
      'the worktree could not be prepared',
      { execution: failed('provisioning_failed'), validations: [validation('test', 'not_run')] },
      'failed_bridge provisioning_failed end failed_bridge',
    ],
    [
      'evidence could not even be begun',
      { execution: failed('evidence_failed') },
      'failed_bridge evidence_failed attention -',
    ],
  ])('when %s (ATT-1, ATT-2, ATT-3, ATT-4, ATT-5, ATT-6)', (_name, facts, outcome) => {
    expect(outcomeOf(conclude(facts))).toBe(outcome);
  });

  it.each(CLASSES)(
    'ends in the state of its class when the execution failed with %s (ATT-1, ATT-2)',
    (failureClass) => {
      const conclusion = conclude({
        execution: failed(failureClass),
        pathViolations: violation,
        validations: [fails],
        policy: fail,
      });
      expect(conclusion).toMatchObject({ failureClass, attemptState: FAILURE_CLASSES[failureClass].endsAs });
      expect(conclusion.summary).toBe(`It ${failureClass}.`);
    },
  );

  it('tells what is lessened, and what is only to be known after it (ATT-5)', () => {
    const { warnings } = conclude({
      expectsChanges: 'yes',
      filesChanged: [],
      validations: [lintFails],
      warnings: ['2 files over the limit'],
      notes: ['ended 1 process'],
    });
    expect(warnings).toEqual([
      '2 files over the limit',
      'validation "lint" is not required and did not pass',
      'the task expects changes and none were made',
      'ended 1 process',
    ]);
  });

  it('tells with a failure everything else that is known (ATT-7)', () => {
    const everything = { evidenceProblems: problem, pathViolations: violation, warnings: ['w'], notes: ['n'] };
    expect(conclude({ ...everything, execution: failed('timeout') }).warnings).toEqual([
      ...problem,
      ...violation,
      'w',
      'n',
    ]);
    expect(conclude({ ...everything, execution: failed('policy') }).warnings).toEqual([
      ...problem,
      ...violation,
      'w',
      'n',
    ]);
    expect(conclude(everything)).toMatchObject({ summary: 'worktree kept', warnings: [...violation, 'w', 'n'] });
    expect(conclude({ ...everything, evidenceProblems: [] })).toMatchObject({
      summary: violation[0],
      warnings: ['w', 'n'],
    });
  });

  it.each<[Partial<AttemptFacts>, string, string]>([
    [{}, 'All done.', 'All done.'],
    [
      { validations: [passes, passes, lintFails] },
      'All done. (Validations: 2 passed)',
      'All done. (Validations: 2 passed)',
    ],
    [
      { validations: [passes, fails, lintFails] },
      'Validation failed: 1 passed, 2 failed.',
      'Validation failed: 1 passed, 2 failed.',
    ],
    [{ policy: fail }, 'Policy enforced failure: secrets', 'Policy enforced failure: secrets'],
    [{ pathViolations: ['a', 'b'] }, 'a; b', 'a; b'],
    [{ evidenceProblems: ['a', 'b'] }, 'a; b', 'a; b'],
    [{ execution: failed('timeout') }, 'It timeout.', 'It timeout.'],
    [
      { execution: failed('timeout'), evidenceProblems: ['still alive: 7'] },
      'It timeout.',
      'It timeout.; still alive: 7',
    ],
    [
      { execution: failed('evidence_failed'), evidenceProblems: ['the same again'] },
      'It evidence_failed.',
      'It evidence_failed.',
    ],
  ])('of %j says what came of it (ATT-8)', (facts, summary, reason) => {
    const conclusion = conclude(facts);
    expect(conclusion.summary).toBe(summary);
    expect(conclusion.verdict).toMatchObject({ reason });
  });

  it('hands a gate the reasons of the policy (ATT-6, ATT-8)', () => {
    expect(conclude({ policy: gate }).verdict).toEqual({
      kind: 'gate',
      approvedState: 'completed',
      reasons: gate.reasons,
    });
  });
});

const validationState = fc.constantFrom<ValidationState>('not_run', 'running', 'passed', 'failed', 'errored');
const anyFacts: fc.Arbitrary<AttemptFacts> = fc.record({
  execution: fc.oneof(fc.constant(completed), fc.constantFrom(...CLASSES).map(failed)),
  questions: fc.constant([]),
  expectsChanges: fc.constantFrom('yes', 'no', 'unknown'),
  filesChanged: fc.subarray(['a', 'b']),
  pathViolations: fc.subarray(['v']),
  validations: fc.array(
    fc.tuple(validationState, fc.boolean()).map(([state, required]) => validation('v', state, required)),
    { maxLength: 3 },
  ),
  policy: fc.constantFrom({ decision: 'pass', reasons: [] } as const, gate, fail),
  evidenceProblems: fc.subarray(['p', 'q']),
  warnings: fc.subarray(['w']),
  notes: fc.subarray(['n']),
});

/** The order of precedence once more, as a list of questions. */
function firstFailure(facts: AttemptFacts): FailureClass | null {
  const questions: readonly [boolean, FailureClass][] = [
    [facts.evidenceProblems.length > 0, 'evidence_failed'],
    [facts.pathViolations.length > 0, 'policy'],
    [facts.validations.some((row) => row.required && row.state !== 'passed'), 'validation_failed'],
    [facts.policy.decision === 'fail', 'policy'],
  ];
  if (facts.execution.end === 'failed') return facts.execution.failureClass;
  return questions.find(([isSo]) => isSo)?.[1] ?? null;
}

describe('any conclusion', () => {
  it('is of the first failure in order (ATT-1, ATT-2)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { failureClass, attemptState } = concludeAttempt(facts);
        expect(failureClass).toBe(firstFailure(facts));
        expect(isStepSuccess(attemptState)).toBe(failureClass === null);
        if (failureClass !== null) expect(attemptState).toBe(FAILURE_CLASSES[failureClass].endsAs);
      }),
      { numRuns: 2_000 },
    );
  });

  it('needs a person exactly when evidence is not whole (ATT-3)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict, failureClass } = concludeAttempt(facts);
        const isDoubtful = facts.evidenceProblems.length > 0 || failureClass === 'evidence_failed';
        expect(verdict.kind === 'attention').toBe(isDoubtful);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is complete only with every required validation passed (ATT-4)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        if (!isStepSuccess(concludeAttempt(facts).attemptState)) return;
        expect(facts.validations.every((row) => row.state === 'passed' || !row.required)).toBe(true);
        expect(facts.execution.end).toBe('completed');
      }),
      { numRuns: 2_000 },
    );
  });

  it('opens a gate only behind a complete attempt, and ends the step as the attempt ended (ATT-6)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict, attemptState, failureClass } = concludeAttempt(facts);
        expect(verdict.kind === 'gate').toBe(failureClass === null && facts.policy.decision === 'gate');
        if (verdict.kind === 'gate') expect(verdict.approvedState).toBe(attemptState);
        if (verdict.kind === 'end') expect(verdict.state).toBe(attemptState);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has warnings exactly when something lessens it (ATT-5)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { attemptState, warnings } = concludeAttempt(facts);
        if (!isStepSuccess(attemptState)) return;
        const lessening = warnings.filter((warning) => warning !== 'n');
        expect(attemptState === 'completed_with_warnings').toBe(lessening.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses nothing that is known (ATT-7)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { summary, warnings } = concludeAttempt(facts);
        const told = [...summary.split('; '), ...warnings];
        const known = [...facts.evidenceProblems, ...facts.pathViolations, ...facts.warnings, ...facts.notes];
        expect(known.filter((one) => !told.includes(one))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives a reason (ATT-8)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { verdict } = concludeAttempt(facts);
        expect(verdict.kind === 'gate' ? verdict.reasons.join() : verdict.reason).not.toBe('');
      }),
    );
  });
});
