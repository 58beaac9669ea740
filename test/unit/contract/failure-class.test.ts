import { describe, expect, it } from 'vitest';
import { ENDED_ATTEMPT_STATES } from '../../../contract/attempt-state.ts';
import { FAILURE_CLASSES, FailureClass } from '../../../contract/failure-class.ts';
import { isStepSuccess } from '../../../contract/step-state.ts';

describe('failure classes', () => {
  it('each end in one state (STATE-17)', () => {
    expect(Object.fromEntries(Object.entries(FAILURE_CLASSES).map(([name, { endsAs }]) => [name, endsAs]))).toEqual({
      adapter_failed: 'failed_adapter',
      command_failed: 'failed_terminal',
      validation_failed: 'failed_validation',
      timeout: 'timeout',
      no_progress: 'timeout',
      request_loop: 'failed_adapter',
      input_unread: 'failed_adapter',
      output_flood: 'failed_adapter',
      limit_reached: 'failed_adapter',
      auth_failed: 'failed_adapter',
      rate_limited: 'failed_adapter',
      model_failed: 'failed_adapter',
      permission_denied: 'failed_terminal',
      interrupted: 'failed_bridge',
      lease_expired: 'failed_bridge',
      provisioning_failed: 'failed_bridge',
      evidence_failed: 'failed_bridge',
      policy: 'failed_terminal',
      cancelled: 'cancelled',
    });
  });

  it('are never a success, and leave no unsuccessful end without a class (STATE-17)', () => {
    const ends = new Set(Object.values(FAILURE_CLASSES).map(({ endsAs }) => endsAs));
    expect([...ends].filter(isStepSuccess)).toEqual([]);
    expect(new Set(ENDED_ATTEMPT_STATES.filter((state) => !isStepSuccess(state)))).toEqual(ends);
  });

  it('say what they mean', () => {
    for (const { meaning } of Object.values(FAILURE_CLASSES)) expect(meaning).toMatch(/^[a-z].*[a-z]$/);
  });

  it.each(Object.keys(FAILURE_CLASSES))('take the word %s (STATE-18)', (name) => {
    expect(FailureClass.parse(name)).toBe(name);
  });

  it.each(['', 'Timeout', 'failed_adapter', 'constructor', '__proto__', 'toString'])(
    'refuse "%s" and name the words that there are (STATE-18)',
    (name) => {
      const parsed = FailureClass.safeParse(name);
      expect(parsed.error?.issues.map(({ message }) => message)).toEqual([
        `unknown failure class "${name}"; one of: ${Object.keys(FAILURE_CLASSES).join(', ')}`,
      ]);
    },
  );
});
