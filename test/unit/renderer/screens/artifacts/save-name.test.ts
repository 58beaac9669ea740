import { expect, it } from 'vitest';
import { saveName } from '../../../../../renderer/screens/artifacts/save-name.ts';

it.each([
  ['validations/1-lint.stdout.log', '1-lint.stdout.log'],
  ['../../etc/passwd', 'passwd'],
  ['..', 'artifact'],
  ['.bashrc', 'bashrc'],
  ['C:\\Windows\\evil.exe', 'evil.exe'],
  ['photo\u202Egnp.exe', 'photo_gnp.exe'],
  ['a\u0000b\nc', 'a_b_c'],
  ['a%2fb?.txt', 'a_2fb_.txt'],
  ['', 'artifact'],
])('%j is saved as %j', (name, saved) => {
  expect(saveName(name)).toBe(saved);
});

it('keeps the end of a name that is too long', () => {
  expect(saveName(`${'x'.repeat(300)}.log`)).toMatch(/^x{116}\.log$/);
});
