import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, EXIT, isErrorCode, refusal } from '../../../contract/errors.ts';

const codes = Object.keys(ERRORS).filter(isErrorCode);
const withStatus = (status: number): readonly string[] => codes.filter((code) => ERRORS[code].status === status);

describe('the error table', () => {
  it('is complete (ERR-1)', () => {
    const table = Object.fromEntries(codes.map((code) => [code, [ERRORS[code].status, ERRORS[code].retry]]));
    expect(table).toEqual({
      invalid_input: [400, 'no'],
      invalid_json: [400, 'no'],
      invalid_id: [400, 'no'],
      unknown_executor: [400, 'no'],
      executor_unavailable: [400, 'no'],
      recipe_missing: [400, 'no'],
      unknown_policy: [400, 'no'],
      invalid_policy: [400, 'no'],
      base_not_found: [400, 'no'],
      run_mismatch: [400, 'no'],
      run_closed: [400, 'no'],
      step_in_flight: [400, 'later'],
      repository_unusable: [400, 'no'],
      unauthorized: [401, 'no'],
      forbidden_host: [403, 'no'],
      forbidden_origin: [403, 'no'],
      forbidden_peer: [403, 'no'],
      forbidden_executor: [403, 'no'],
      not_found: [404, 'no'],
      run_not_found: [404, 'no'],
      step_not_found: [404, 'no'],
      attempt_not_found: [404, 'no'],
      gate_not_found: [404, 'no'],
      artifact_not_found: [404, 'no'],
      method_not_allowed: [405, 'no'],
      duplicate_id: [409, 'no'],
      gate_closed: [409, 'no'],
      gate_ambiguous: [409, 'no'],
      gate_changed: [409, 'no'],
      key_reused: [409, 'no'],
      state_conflict: [409, 'no'],
      lease_lost: [409, 'no'],
      artifact_damaged: [410, 'no'],
      body_too_large: [413, 'no'],
      range_not_satisfiable: [416, 'no'],
      rate_limited: [429, 'later'],
      internal: [500, 'later'],
      starting: [503, 'later'],
      shutting_down: [503, 'later'],
      storage_full: [507, 'later'],
    });
  });

  it.each(codes)('%s has an exit code that follows from its status (ERR-1, ERR-2)', (code) => {
    const { status, exit } = ERRORS[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(exit).toBe([400, 404, 405].includes(status) ? EXIT.usage : EXIT.infrastructure);
  });

  it.each<ErrorCode>(['invalid_input', 'run_closed', 'step_in_flight', 'unknown_executor'])(
    'tells a caller who could have known %s with 400 (ERR-3)',
    (code) => {
      expect(ERRORS[code].status).toBe(400);
    },
  );

  it.each<ErrorCode>(['gate_closed', 'gate_changed', 'gate_ambiguous', 'state_conflict', 'duplicate_id'])(
    'tells %s, which the record contradicts, with 409 (ERR-3)',
    (code) => {
      expect(ERRORS[code].status).toBe(409);
    },
  );

  it('keeps 401 and 403 for who may not (ERR-4)', () => {
    expect(withStatus(401)).toEqual(['unauthorized']);
    expect(withStatus(403)).toEqual(codes.filter((code) => code.startsWith('forbidden_')));
  });

  it('says that a fault of ours may pass (ERR-1)', () => {
    for (const code of codes) {
      if (ERRORS[code].status >= 500) expect(ERRORS[code].retry).toBe('later');
    }
  });

  it.each(['', 'nope', 'constructor', '__proto__', 'toString'])('has no code "%s" (ERR-1)', (code) => {
    expect(isErrorCode(code)).toBe(false);
  });
});

describe('the exit codes', () => {
  it('are the inherited ones (ERR-2)', () => {
    expect(EXIT).toEqual({ ok: 0, usage: 1, failed: 2, timeout: 3, intervention: 4, infrastructure: 5 });
  });
});

describe('refusal', () => {
  it('has details only when there are some (ERR-1)', () => {
    expect(refusal('not_found', 'nothing here')).toEqual({ code: 'not_found', message: 'nothing here' });
    expect(refusal('gate_ambiguous', 'two', { gateIds: ['a', 'b'] })).toEqual({
      code: 'gate_ambiguous',
      message: 'two',
      details: { gateIds: ['a', 'b'] },
    });
  });
});
