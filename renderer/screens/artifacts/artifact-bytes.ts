import { openArtifact, openArtifactRange } from '../../../contract/client/artifact-routes.ts';
import type { ClientReply, Connection } from '../../../contract/client/http-types.ts';
import { unwrap } from '../../api/unwrap.ts';

export interface ByteSpan {
  readonly first: number;
  readonly length: number;
}

/** Some of the bytes of an artifact; fewer when it ends before. */
export async function readArtifactBytes(
  connection: Connection,
  artifactId: string,
  { first, length, signal }: ByteSpan & { readonly signal?: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  if (length === 0) return new Uint8Array();
  const reply = await unwrap(openArtifactRange(connection, artifactId, { first, last: first + length - 1, signal }));
  return new Uint8Array(await (await blobOf(reply)).arrayBuffer());
}

/** All of it. The browser keeps large ones on disk. */
export const readArtifactBlob = async (connection: Connection, artifactId: string, type: string): Promise<Blob> =>
  (await blobOf(await unwrap(openArtifact(connection, artifactId)))).slice(0, undefined, type);

const PART_BYTES = 16 * 1024 * 1024;

/** Pieces become blobs on the way, so that a large file is never held by the page. */
async function blobOf({ body }: ClientReply): Promise<Blob> {
  const parts: Blob[] = [];
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    pieces.push(new Uint8Array(piece));
    size += piece.length;
    if (size < PART_BYTES) continue;
    parts.push(new Blob(pieces));
    pieces = [];
    size = 0;
  }
  return new Blob([...parts, ...pieces]);
}
