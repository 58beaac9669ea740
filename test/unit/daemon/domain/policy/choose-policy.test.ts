import { describe, expect, it } from 'vitest';
import { choosePolicy, EMPTY_SHELF } from '../../../../../main/daemon/domain/policy/choose-policy.ts';
import { DEFAULT_SAFE_REFACTOR } from '../../../../../main/daemon/domain/policy/policy.ts';

const strict = { policy: { ...DEFAULT_SAFE_REFACTOR, name: 'strict' }, file: 'config/policies/strict.yaml' };
const own = { policy: { ...DEFAULT_SAFE_REFACTOR, notes: ['own'] }, file: '.codencer/policies/d.yaml' };

describe('choosePolicy', () => {
  it('gives the built-in policy to a task that names none (POL-13)', () => {
    const builtIn = { ok: true, value: { policy: DEFAULT_SAFE_REFACTOR, file: null } };
    expect(choosePolicy(EMPTY_SHELF, '')).toEqual(builtIn);
    expect(choosePolicy(EMPTY_SHELF, 'default_safe_refactor')).toEqual(builtIn);
  });

  it('lets a file take the place of the built-in policy (POL-13)', () => {
    const shelf = { ...EMPTY_SHELF, policies: new Map([['default_safe_refactor', own]]) };
    expect(choosePolicy(shelf, '')).toEqual({ ok: true, value: own });
  });

  it('refuses an unknown name and says which there are (POL-14)', () => {
    const shelf = { ...EMPTY_SHELF, policies: new Map([['strict', strict]]) };
    expect(choosePolicy(shelf, 'strict')).toEqual({ ok: true, value: strict });
    expect(choosePolicy(shelf, 'x')).toMatchObject({
      error: { code: 'unknown_policy', message: 'there is no policy "x"; known ones: default_safe_refactor, strict' },
    });
  });

  it('refuses a broken policy, also the default one (POL-14)', () => {
    const shelf = {
      ...EMPTY_SHELF,
      broken: new Map([['default_safe_refactor', ['f.yaml: gatewhen is not a known key']]]),
    };
    expect(choosePolicy(shelf, '')).toMatchObject({
      error: {
        code: 'invalid_policy',
        message: 'policy "default_safe_refactor" cannot be used: f.yaml: gatewhen is not a known key',
      },
    });
  });

  it('trusts no policy while a policy folder cannot be read (POL-14)', () => {
    const shelf = { ...EMPTY_SHELF, unreadable: ['cannot list config/policies: permission denied'] };
    expect(choosePolicy(shelf, '')).toMatchObject({ error: { code: 'invalid_policy' } });
  });
});
