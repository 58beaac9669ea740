import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodePolicy } from '../../../../../main/daemon/domain/policy/encode-policy.ts';
import { parsePolicy } from '../../../../../main/daemon/domain/policy/parse-policy.ts';
import { DEFAULT_SAFE_REFACTOR } from '../../../../../main/daemon/domain/policy/policy.ts';

it('is read back as the same policy', () => {
  const flag = fc.boolean();
  const policy = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/),
    gateWhen: fc.record({
      changedFilesOver: fc.option(fc.nat()),
      dependencyFilesChanged: flag,
      migrationsDetected: flag,
      unresolvedQuestions: flag,
      anyValidationFails: flag,
    }),
    failWhen: fc.record({ anyValidationFails: flag }),
    notes: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.oneof(policy, fc.constant(DEFAULT_SAFE_REFACTOR)), (original) => {
      const content: unknown = JSON.parse(JSON.stringify(encodePolicy(original)));
      expect(parsePolicy({ content, file: 'kept', fallbackName: '' })).toEqual({ ok: true, value: original });
    }),
  );
});
