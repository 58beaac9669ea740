const bitsPerByte = 8;
const bitsPerCharacter = 6;

/** Line lengths of PEM and of MIME, which is also what the `base64` command prints. */
const wrapWidths = [64, 76];

/** Base64 and base64url: inside longer encoded text at its three alignments, alone, and alone in lines. */
export function base64Forms(secret: Uint8Array): readonly Uint8Array[] {
  const alone = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  const texts = [alone, ...[0, 1, 2].map((bytesBefore) => base64Core(secret, bytesBefore))];
  const wrapped = wrapWidths.map((width) => wrap(alone, width));
  return [...texts, ...texts.map(toUrlAlphabet), ...wrapped].map(latin1);
}

/** The characters that depend on nothing but the secret when so many bytes stand before it in a group of three. */
function base64Core(secret: Uint8Array, bytesBefore: number): string {
  const encoded = Buffer.concat([Buffer.alloc(bytesBefore), secret]).toString('base64');
  const from = Math.ceil((bytesBefore * bitsPerByte) / bitsPerCharacter);
  const to = Math.floor(((bytesBefore + secret.length) * bitsPerByte) / bitsPerCharacter);
  return encoded.slice(from, to);
}

const toUrlAlphabet = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');

const wrap = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\n');

export function hexForms(secret: Uint8Array): readonly Uint8Array[] {
  const lower = Buffer.from(secret).toString('hex');
  return [lower, lower.toUpperCase()].map(latin1);
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
