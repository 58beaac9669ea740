import { describe, expect, it } from 'vitest';
import { assertNever, err, ok, type Result } from '../../../contract/result.ts';

describe('an outcome', () => {
  it('is a value or an error, and never both', () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(err('no')).toEqual({ ok: false, error: 'no' });
    const outcome: Result<number, string> = ok(2);
    expect(outcome.ok ? outcome.value : outcome.error).toBe(2);
  });
});

describe('assertNever', () => {
  it('says which case was not handled', () => {
    const impossible = JSON.parse('{"kind":"new"}') as never;
    expect(() => assertNever(impossible)).toThrow('unhandled case: {"kind":"new"}');
  });
});
