import { type BytePath, bytesOf, toBytePath } from './byte-path.ts';

/**
 * Paths as text for people and JSON. A path that is UTF-8 is itself. One that is not, or that begins with a double
 * quote, is quoted the way git quotes (C style, octal). So a text that begins with `"` is always a quoted one, and
 * no two paths share a text.
 */
export function textOfPath(path: BytePath): string {
  const bytes = bytesOf(path);
  const text = bytes.toString('utf8');
  const isPlain = !text.startsWith('"') && Buffer.from(text).equals(bytes);
  return isPlain ? text : `"${[...bytes].map(quoteByte).join('')}"`;
}

export function pathOfText(text: string): BytePath {
  if (!text.startsWith('"')) return toBytePath(Buffer.from(text));
  return text.slice(1, -1).replace(/\\([0-7]{3}|.)/gs, (_, code: string) => unquote(code));
}

function quoteByte(byte: number): string {
  if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`;
  const isPrintable = byte >= 0x20 && byte < 0x7f;
  return isPrintable ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
}

const unquote = (code: string): string => (code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code);
