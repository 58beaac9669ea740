import { z } from 'zod';

import { ArtifactId } from '../ids.ts';
import type { ArtifactRecord } from '../records.ts';

/** What a look at the file of an artifact found. */
export interface ArtifactVerdictView {
  readonly artifact: Pick<ArtifactRecord, 'id' | 'path' | 'sizeBytes' | 'sha256'>;
  readonly problem: string | null;
}

export const encodeArtifactVerdict = ({ artifact, problem }: ArtifactVerdictView) => ({
  id: artifact.id,
  ok: problem === null,
  problem: problem ?? '',
  path: artifact.path,
  size: artifact.sizeBytes,
  hash: artifact.sha256,
});

export const WireArtifactVerdict = z
  .object({
    id: ArtifactId,
    ok: z.boolean().meta({ description: 'The file has the size and the hash that were recorded.' }),
    problem: z.string(),
    path: z.string(),
    size: z.int(),
    hash: z.string(),
  })
  .meta({ id: 'ArtifactVerdict', description: 'Whether the file of an artifact is still what was recorded.' });
