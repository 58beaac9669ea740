import { HASH_LENGTH, hashText } from './hash-text.ts';

/**
 * One escaping for every text (an id above all, never an empty one) that becomes a file name or a component of a git ref.
 *
 * The result is safe where git refuses names (`..`, `.lock`, leading dot, trailing dot), where Windows does (device names,
 * trailing dot, case twins on a file system that ignores case) and where paths get long. Two different ids never share
 * a name. Sources: git-check-ref-format(1); Microsoft's "Naming Files, Paths, and Namespaces".
 *
 * Upper-case letters, `%` and every character outside `[a-z0-9._-]` become `%xx` (lower-case hexadecimal of a UTF-8
 * byte); so do dots that would be special. Over 80 characters the tail is replaced by `%-` and a hash of the whole: no
 * shorter name contains `%-`.
 */
export function escapeName(id: string): string {
  const escaped = escapeDeviceName(escapeDots(escapeCharacters(id)));
  if (escaped.length <= MAX_NAME_LENGTH) return escaped;
  const head = escaped.slice(0, MAX_NAME_LENGTH - HASH_LENGTH - 2).replace(/%.?$/, '');
  return `${head}%-${hashText(id)}`;
}

const MAX_NAME_LENGTH = 80;
const DEVICE_NAME = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/;

const hexOf = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const escapeCharacters = (id: string): string => id.replace(/[^a-z0-9._-]/gu, hexOf);

/** A leading or trailing dot, a run of dots and `.lock` at the end are special to git or Windows; so is a leading dash to programs. */
const escapeDots = (name: string): string =>
  name
    .replace(/^[.-]/, hexOf)
    .replace(/\.(?=\.)/g, '%2e')
    .replace(/\.$/, '%2e')
    .replace(/\.(?=lock$)/, '%2e');

const escapeDeviceName = (name: string): string =>
  DEVICE_NAME.test(name) ? `${hexOf(name.slice(0, 1))}${name.slice(1)}` : name;
