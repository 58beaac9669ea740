/**
 * Characters besides letters and digits that an encoder leaves alone: encodeURIComponent; RFC 3986 unreserved;
 * Python's quote; HTML forms; encodeURI.
 */
const keptByPercentEncoders = ["-_.!~*'()", '-_.~', '-_.~/', '-_.*', "-_.!~*'();/?:@&=+$,#"];

/** Percent-encoded forms, in both hex cases, with a space as `%20` and as `+`. */
export function percentForms(secret: Uint8Array): readonly Uint8Array[] {
  return keptByPercentEncoders.flatMap((kept) => {
    const upper = percentEncode(secret, kept);
    const lower = upper.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [upper, lower].flatMap((text) => [text, text.replaceAll('%20', '+')]).map(latin1);
  });
}

function percentEncode(bytes: Uint8Array, kept: string): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    const isKept = /[A-Za-z0-9]/.test(character) || kept.includes(character);
    return isKept ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}

/** The secret as it stands inside a JSON string, and inside a JSON string that is itself inside one. */
export function jsonForms(secret: Uint8Array): readonly Uint8Array[] {
  const text = decodeUtf8(secret);
  if (text === null) return [];
  const once = jsonEscapes(text);
  return [...once, ...once.flatMap(jsonEscapes)].map((form) => Buffer.from(form, 'utf8'));
}

/** JSON.stringify; with `\/` (PHP); ASCII only in either hex case (Python, Java); safe for HTML (Go). */
function jsonEscapes(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[^ -~]/g, unicodeEscape);
  const html = plain.replace(/[<>&\u2028\u2029]/g, unicodeEscape);
  return [plain, plain.replaceAll('/', '\\/'), ascii, upperCaseEscapes(ascii), html, upperCaseEscapes(html)];
}

const unicodeEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const upperCaseEscapes = (text: string) =>
  text.replace(/\\u([0-9a-f]{4})/g, (_, digits: string) => `\\u${digits.toUpperCase()}`);

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // not text, so no program prints it as a JSON string
  }
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
