import { describe, expect, it } from 'vitest';
import type { ClientSetting } from '../../../../../contract/client/client-settings.ts';
import {
  isOverridden,
  sourceWords,
  typedValue,
  valueText,
} from '../../../../../renderer/screens/settings/setting-value.ts';
import { tokenState } from '../../../../../renderer/screens/settings/token-state.ts';

const SETTING: ClientSetting = {
  key: 'slots',
  value: 4,
  source: 'default',
  sourcePath: '',
  sourceKey: '',
  isFileKey: true,
  meaning: '',
};

describe('the value of a setting', () => {
  it.each([
    [4, '8', 8],
    [true, 'false', false],
    ['info', ' debug ', 'debug'],
    [[], 'A, B,,', ['A', 'B']],
    [['A'], '', []],
  ])('%j, typed as %j, is %j', (present, text, value) => {
    expect(typedValue(present, text)).toEqual({ ok: true, value });
    expect(typedValue(present, valueText(present))).toEqual({ ok: true, value: present });
  });

  it.each(['', 'four', '4.5', '1e3'])('is no number when %j is typed', (text) => {
    expect(typedValue(4, text).ok).toBe(false);
  });
});

it('tells where a value came from, and what counts more than the file', () => {
  const from = (source: string, sourcePath = '', sourceKey = '') => ({ ...SETTING, source, sourcePath, sourceKey });
  expect(
    [from('default'), from('file', '/c.json', 'slots'), from('environment', '', 'SLOTS')].map(sourceWords),
  ).toEqual(['its default', 'the file /c.json, as slots', 'the environment, as SLOTS']);
  expect(['default', 'file', 'dotenv', 'environment', 'flag'].filter((one) => isOverridden(from(one)))).toEqual([
    'dotenv',
    'environment',
    'flag',
  ]);
});

it('knows whether a token lets anybody in', () => {
  expect(tokenState({ revokedAtMs: null, expiresAtMs: null }, 5)).toBe('valid');
  expect(tokenState({ revokedAtMs: null, expiresAtMs: 5 }, 5)).toBe('expired');
  expect(tokenState({ revokedAtMs: 1, expiresAtMs: 9 }, 5)).toBe('revoked');
});
