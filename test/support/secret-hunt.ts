import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A form of a secret that was found where none may be. */
export interface Find {
  readonly where: string;
  readonly secret: string;
  readonly form: string;
}

export type Hunt = (where: string, text: string | Uint8Array) => readonly Find[];

/** Looks for every form of these secrets, by their names. Written apart from the product on purpose. */
export function createHunt(secrets: Readonly<Record<string, string>>): Hunt {
  const wanted = Object.entries(secrets).flatMap(([secret, value]) =>
    Object.entries(formsOf(value)).map(([form, bytes]) => ({ secret, form, bytes })),
  );
  return (where, text) => {
    const bytes = Buffer.from(text);
    return wanted.filter((form) => bytes.includes(form.bytes)).map(({ secret, form }) => ({ where, secret, form }));
  };
}

/** The raw bytes of every file below a folder. */
export function huntInFiles(hunt: Hunt, folder: string): readonly Find[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => hunt(relative(folder, pathOf(entry)), readFileSync(pathOf(entry))));
}

const pathOf = ({ parentPath, name }: Dirent): string => join(parentPath, name);

function formsOf(secret: string): Readonly<Record<string, Buffer>> {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const texts = {
    plain: secret,
    url: encodeURIComponent(secret),
    'lower-case url': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    form: new URLSearchParams({ k: secret }).toString().slice(2),
    json,
    'json in json': JSON.stringify(json).slice(1, -1),
    'ascii json': json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    hex: bytes.toString('hex'),
    'upper-case hex': bytes.toString('hex').toUpperCase(),
  };
  const base64 = [0, 1, 2].flatMap((before) =>
    (['base64', 'base64url'] as const).map(
      (encoding) => [`${encoding} ${before}`, certainPart(bytes, before, encoding)] as const,
    ),
  );
  return Object.fromEntries([...Object.entries(texts), ...base64].map(([name, text]) => [name, Buffer.from(text)]));
}

/** Of the encoded text what is there whatever stands before and after the secret. */
function certainPart(secret: Buffer, before: number, encoding: 'base64' | 'base64url'): string {
  const among = (fill: number) =>
    Buffer.concat([Buffer.alloc(before, fill), secret, Buffer.alloc(3, fill)]).toString(encoding);
  const [low, high] = [among(0x00), among(0xff)];
  const isSame = Array.from(low, (character, at) => character === high[at]);
  const from = isSame.indexOf(true);
  const to = isSame.lastIndexOf(true) + 1;
  return low.slice(from, to);
}
