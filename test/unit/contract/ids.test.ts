import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASH_LENGTH, hashText } from '../../../contract/hash-text.ts';
import {
  AttemptId,
  artifactIdOf,
  attemptIdOf,
  defaultPhaseId,
  GateId,
  gateIdOf,
  ID_PATTERN,
  permissionGateIdOf,
  RunId,
  StepId,
} from '../../../contract/ids.ts';

const idOfLength = (minLength: number, maxLength: number) =>
  fc
    .tuple(
      fc.constantFrom('a', 'Z', '0'),
      fc.string({
        unit: fc.constantFrom('a', 'B', '1', '.', '-', '_'),
        minLength: minLength - 1,
        maxLength: maxLength - 1,
      }),
    )
    .map(([first, rest]) => first + rest);
/** Short ids, ids around every limit, and full ones. */
const id = fc.oneof(idOfLength(1, 6), idOfLength(90, 128), idOfLength(128, 128));
const stepId = id.map((text) => StepId.parse(text));
const runId = id.map((text) => RunId.parse(text));
const attemptNumber = fc.integer({ min: 1, max: 12 });

describe('ids from outside', () => {
  it.each(['a', '7', 'A.b_c-d', 'x..y', 'step-1.lock', 'a'.repeat(128)])('take %s (ID-1)', (text) => {
    expect(StepId.safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '.a',
    '-a',
    '_a',
    'a/b',
    'a\\b',
    '../a',
    'a b',
    'a\n',
    'a\0',
    'a%2e',
    'ä',
    'a:b',
    'a'.repeat(129),
    7,
    null,
    undefined,
    ['a'],
  ])('refuse %j and say what an id looks like (ID-1)', (text) => {
    const parsed = StepId.safeParse(text);
    expect(parsed.success).toBe(false);
    if (typeof text !== 'string') return;
    expect(parsed.error?.issues[0]?.message).toBe(
      'must be 1 to 128 characters of A-Z, a-z, 0-9, ".", "_" or "-", starting with a letter or digit',
    );
  });
});

describe('derived ids', () => {
  const attempt = AttemptId.parse('s-a1');

  it('have the names that inherited clients know (ID-2)', () => {
    expect(defaultPhaseId(RunId.parse('r'))).toBe('phase-execution-r');
    expect(attemptIdOf(StepId.parse('s'), 3)).toBe('s-a3');
    expect(gateIdOf(attempt, 1)).toBe('gate-s-a1');
    expect(gateIdOf(attempt, 2)).toBe('gate-s-a1-2');
    expect(permissionGateIdOf(attempt, 2)).toBe('gate-s-a1-p2');
  });

  it('are cut and hashed from 128 characters on (ID-2, ID-3)', () => {
    const whole = attemptIdOf(StepId.parse('s'.repeat(124)), 1);
    const cut = attemptIdOf(StepId.parse('s'.repeat(125)), 1);
    expect(whole).toBe(`${'s'.repeat(124)}-a1`);
    expect(cut).toBe(`${'s'.repeat(102)}-${hashText(`${'s'.repeat(125)}-a1`)}`);
    expect(cut).toHaveLength(128);
  });

  it('are ids (ID-4)', () => {
    fc.assert(
      fc.property(
        stepId,
        runId,
        attemptNumber,
        attemptNumber,
        fc.string({ unit: 'binary' }),
        (step, run, n, m, name) => {
          const attemptId = attemptIdOf(step, n);
          for (const derived of [
            defaultPhaseId(run),
            attemptId,
            gateIdOf(attemptId, m),
            permissionGateIdOf(attemptId, m),
            artifactIdOf(attemptId, name),
          ]) {
            expect(derived).toMatch(ID_PATTERN);
          }
        },
      ),
    );
  });

  it('differ when their parts differ (ID-4)', () => {
    const part = fc.tuple(stepId, attemptNumber, attemptNumber);
    /** Parts that begin alike, so that what differs is in the piece that gets cut. */
    const near = fc
      .tuple(idOfLength(1, 110), fc.uniqueArray(idOfLength(1, 18), { minLength: 2, maxLength: 2 }), attemptNumber)
      .map(([head, tails, n]) => tails.map((tail) => [StepId.parse(head + tail), n, n] as const));
    fc.assert(
      fc.property(fc.oneof(fc.tuple(part, part), near), (parts) => {
        const steps = new Set(parts.map(([step, n]) => `${step} ${n}`));
        const gates = new Set(parts.map(([step, n, m]) => `${step} ${n} ${m}`));
        const gateIds = [gateIdOf, permissionGateIdOf].flatMap((idOf) =>
          parts.map(([step, n, m]) => idOf(attemptIdOf(step, n), m)),
        );
        expect(new Set(parts.map(([step, n]) => attemptIdOf(step, n))).size).toBe(steps.size);
        expect(new Set(gateIds).size).toBe(2 * gates.size);
        const runs = parts.map(([step]) => RunId.parse(step));
        expect(new Set(runs.map(defaultPhaseId)).size).toBe(new Set(runs).size);
      }),
      { numRuns: 500 },
    );
  });

  it('cannot be chosen to look like the cut form of another one (ID-4)', () => {
    const long = RunId.parse('r'.repeat(128));
    const cutPhase = defaultPhaseId(long);
    const imitation = RunId.parse(cutPhase.slice('phase-execution-'.length));
    expect(defaultPhaseId(imitation)).not.toBe(cutPhase);

    const cutGate = gateIdOf(attemptIdOf(StepId.parse('s'.repeat(128)), 1), 1);
    expect(gateIdOf(AttemptId.parse(cutGate.slice('gate-'.length)), 1)).not.toBe(cutGate);
  });
});

describe('artifactIdOf', () => {
  const attempt = AttemptId.parse('s-a1');

  it('shows attempt and file and ends in a hash (ID-5)', () => {
    expect(artifactIdOf(attempt, 'stdout.log')).toBe(`art-s-a1-stdout.log-${hashText('s-a1/stdout.log')}`);
  });

  it('tells names apart that look the same once they are made safe (ID-4, ID-5)', () => {
    const names = [
      'a/b',
      'a b',
      'a-b',
      'a\nb',
      'a"b',
      'a\u{1f600}',
      'a\u{1f601}',
      `${'n'.repeat(200)}1`,
      `${'n'.repeat(200)}2`,
    ];
    expect(new Set(names.map((name) => artifactIdOf(attempt, name))).size).toBe(names.length);
  });

  it('tells the same name of two attempts apart (ID-5)', () => {
    const attempts = [1, 2].map((number) => attemptIdOf(StepId.parse('s'.repeat(128)), number));
    expect(new Set(attempts.map((one) => artifactIdOf(one, 'stdout.log'))).size).toBe(2);
  });

  it('always ends in a hash (ID-5)', () => {
    fc.assert(
      fc.property(stepId, fc.string({ unit: 'binary' }), (step, name) => {
        const attemptId = attemptIdOf(step, 1);
        const artifact = artifactIdOf(attemptId, name);
        expect(artifact.slice(-HASH_LENGTH - 1)).toBe(`-${hashText(`${attemptId}/${name}`)}`);
      }),
    );
  });
});

describe('brands', () => {
  it('keep the text as it was (ID-1)', () => {
    expect(GateId.parse('gate-x')).toBe('gate-x');
  });
});
