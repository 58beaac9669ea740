import type { ClientArtifact } from '../../../contract/client/client-artifact.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { readArtifactBlob } from './artifact-bytes.ts';
import { saveName } from './save-name.ts';

/** Fetched with the token in a header, then handed to the browser: no address ever holds the token. */
export async function saveArtifact(connection: Connection, { id, name }: ClientArtifact): Promise<void> {
  const blob = await readArtifactBlob(connection, id, 'application/octet-stream');
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = saveName(name);
  link.click();
  // The browser reads the address when it gets round to it.
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
}

const REVOKE_MS = 60_000;
