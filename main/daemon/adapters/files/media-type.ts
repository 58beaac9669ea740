import { extname } from 'node:path';

/** How many bytes at the start of a file decide. */
export const SNIFFED_BYTES = 4096;

/** The media type of a file: by its name, unless its first bytes say that it is no text; without a telling name by the bytes alone. */
export function mediaTypeOf(name: string, head: Uint8Array): string {
  const named = BY_EXTENSION.get(extname(name).toLowerCase());
  if (named !== undefined && !isTextType(named)) return named;
  const magic = named === undefined ? MAGIC.find(({ bytes }) => startsWith(head, bytes))?.type : undefined;
  if (magic !== undefined) return magic;
  if (head.includes(0)) return 'application/octet-stream';
  const type = named ?? 'text/plain';
  return isUtf8(head) ? `${type}; charset=utf-8` : (named ?? 'application/octet-stream');
}

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['.log', 'text/plain'],
  ['.txt', 'text/plain'],
  ['.md', 'text/markdown'],
  ['.json', 'application/json'],
  ['.jsonl', 'application/x-ndjson'],
  ['.ndjson', 'application/x-ndjson'],
  ['.yaml', 'application/yaml'],
  ['.yml', 'application/yaml'],
  ['.patch', 'text/x-diff'],
  ['.diff', 'text/x-diff'],
  ['.html', 'text/html'],
  ['.xml', 'application/xml'],
  ['.svg', 'image/svg+xml'],
  ['.csv', 'text/csv'],
  ['.bundle', 'application/x-git-bundle'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.gz', 'application/gzip'],
]);

const BINARY_TYPES = /^(image\/(?!svg)|application\/(x-git-bundle|pdf|zip|gzip))/;
const isTextType = (type: string): boolean => !BINARY_TYPES.test(type);

const MAGIC: readonly { readonly bytes: readonly number[]; readonly type: string }[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], type: 'image/png' },
  { bytes: [0xff, 0xd8, 0xff], type: 'image/jpeg' },
  { bytes: [0x47, 0x49, 0x46, 0x38], type: 'image/gif' },
  { bytes: [0x25, 0x50, 0x44, 0x46], type: 'application/pdf' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], type: 'application/zip' },
  { bytes: [0x1f, 0x8b], type: 'application/gzip' },
];

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

/** A character may be cut in two where the sniffed bytes end. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: head.length === SNIFFED_BYTES });
    return true;
  } catch {
    return false; // the decoder throws for exactly this reason
  }
}
