import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePolicy, type PolicyFacts } from '../../../../../main/daemon/domain/policy/evaluate-policy.ts';
import { DEFAULT_SAFE_REFACTOR, type Policy } from '../../../../../main/daemon/domain/policy/policy.ts';

const filesOf = (count: number) => Array.from({ length: count }, (_, index) => `src/${index}.ts`);

const evaluate = (facts: Partial<PolicyFacts>) =>
  evaluatePolicy({ policy: DEFAULT_SAFE_REFACTOR, changedFiles: [], questions: [], forceGate: false, ...facts });

const silent: Policy = {
  name: 'silent',
  gateWhen: {
    changedFilesOver: null,
    dependencyFilesChanged: false,
    migrationsDetected: false,
    unresolvedQuestions: false,
    anyValidationFails: false,
  },
  failWhen: { anyValidationFails: false },
  notes: [],
};

describe('evaluatePolicy', () => {
  it('passes what breaks no rule (POL-8)', () => {
    expect(evaluate({ changedFiles: ['src/a.ts'] })).toEqual({ decision: 'pass', reasons: [] });
  });

  it('gates above the limit and not at it (POL-1, POL-8)', () => {
    expect(evaluate({ changedFiles: filesOf(12) }).decision).toBe('pass');
    expect(evaluate({ changedFiles: filesOf(13) })).toEqual({
      decision: 'gate',
      reasons: ['Changed files exceeded threshold'],
    });
  });

  it.each(['go.mod', 'a/go.sum', 'package.json', 'x/y/package-lock.json', 'Cargo.lock', 'yarn.lock', 'PNPM-LOCK.yaml'])(
    'gates a change of %s (POL-2)',
    (file) => {
      expect(evaluate({ changedFiles: [file] }).reasons).toEqual(['Dependency files were changed']);
    },
  );

  it.each(['src/package.json.ts', 'docs/go.mod.md', 'package.jsonc'])('passes %s (POL-2)', (file) => {
    expect(evaluate({ changedFiles: [file] }).decision).toBe('pass');
  });

  it.each(['migrations/1.sql', 'db/migrations/2.sql', 'app/db_Migrations/3.py'])('gates %s (POL-3)', (file) => {
    expect(evaluate({ changedFiles: [file] }).reasons).toEqual(['Database migrations were changed']);
  });

  it('gates open questions (POL-4)', () => {
    expect(evaluate({ questions: ['which one?'] }).reasons).toEqual(['Unresolved questions presented by adapter']);
  });

  it('gates or fails validations that did not pass, as the policy says (POL-5)', () => {
    const gate = { ...silent, gateWhen: { ...silent.gateWhen, anyValidationFails: true } };
    const fail = { ...gate, failWhen: { anyValidationFails: true } };
    const failedValidations = ['lint'];
    expect(evaluate({ policy: silent, failedValidations }).decision).toBe('pass');
    expect(evaluate({ policy: gate, failedValidations }).decision).toBe('gate');
    expect(evaluate({ policy: fail, failedValidations, changedFiles: ['go.mod'] })).toEqual({
      decision: 'fail',
      reasons: ['Validations did not all pass'],
    });
  });

  it('gives every reason in order (POL-6)', () => {
    const changedFiles = [...filesOf(12), 'go.mod', 'migrations/1.sql'];
    expect(evaluate({ changedFiles, questions: ['?'] }).reasons).toEqual([
      'Changed files exceeded threshold',
      'Dependency files were changed',
      'Database migrations were changed',
      'Unresolved questions presented by adapter',
    ]);
  });

  it('sees one migration more when a gate is forced (POL-7)', () => {
    expect(evaluate({ forceGate: true }).reasons).toEqual(['Database migrations were changed']);
    expect(evaluate({ forceGate: true, policy: silent }).decision).toBe('pass');
  });

  it('gates exactly when it has a reason (POL-6)', () => {
    const name = fc.constantFrom('src/a', 'go.mod', 'migrations/x', 'b/package.json');
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), fc.array(fc.string(), { maxLength: 2 }), (files, questions) => {
        const { decision, reasons } = evaluate({ changedFiles: files, questions });
        expect(decision).toBe(reasons.length > 0 ? 'gate' : 'pass');
      }),
    );
  });
});
