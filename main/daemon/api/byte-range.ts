/** Both ends included. */
export interface BytePart {
  readonly first: number;
  readonly last: number;
}

export type RequestedBytes =
  | { readonly kind: 'whole' }
  | ({ readonly kind: 'part' } & BytePart)
  | { readonly kind: 'unsatisfiable' };

/**
 * What a `Range` header asks of a file (RFC 9110, 14.2). Anything but one range of bytes is answered with the whole
 * file, which the standard allows.
 */
export function requestedBytes(header: string | undefined, sizeBytes: number): RequestedBytes {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '')) return { kind: 'whole' };
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && from !== '' && Number(to) < first) return { kind: 'whole' };
  return first <= last ? { kind: 'part', first, last } : { kind: 'unsatisfiable' };
}

/** Closes the source as soon as nothing more is needed. */
export async function* sliceBytes(
  source: AsyncIterable<Uint8Array>,
  { first, last }: BytePart,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const chunk of source) {
    const from = Math.max(0, first - position);
    const to = Math.min(chunk.length, last + 1 - position);
    if (from < to) yield chunk.subarray(from, to);
    position += chunk.length;
    if (position > last) return;
  }
}
