import { minSecretBytes } from './secret-forms.ts';

const commonWords = new Set([
  'anonymous',
  'changeme',
  'default',
  'disable',
  'disabled',
  'enable',
  'enabled',
  'example',
  'localhost',
  'oauth2',
  'optional',
  'redacted',
  'required',
  'system',
  'undefined',
]);

const shortNumber = /^[0-9]{1,9}$/;
const path = /^(?:~?\/|\.{1,2}\/|[A-Za-z]:[\\/]|\\\\)/;
const address = /^[a-z][a-z0-9+.-]*:\/\//i;
const letterAndDigit = /(?=.*[A-Za-z])(?=.*[0-9])/s;
const minRandomBytes = 12;

/** RED-9: enough bytes not to occur by chance. */
export const isLongEnough = (value: string): boolean => Buffer.byteLength(value.trim(), 'utf8') >= minSecretBytes;

/** RED-10: for a value whose variable is merely named like a secret. */
export function isWorthRedacting(value: string): boolean {
  const text = value.trim();
  if (!isLongEnough(text) || commonWords.has(text.toLowerCase())) return false;
  return !shortNumber.test(text) && !path.test(text) && !address.test(text);
}

/** For names such as `AUTH_MODE` that hold a secret as often as not. */
export const looksRandom = (value: string): boolean =>
  value.trim().length >= minRandomBytes && letterAndDigit.test(value) && !/\s/.test(value.trim());
