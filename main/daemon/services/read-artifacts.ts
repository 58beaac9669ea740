import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { ArtifactId } from '../../../contract/ids.ts';
import type { ArtifactRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { ByteSource } from './ports/byte-source.ts';

interface OfArtifact {
  readonly artifactId: ArtifactId;
}

export function getArtifact(context: ServiceContext, { artifactId }: OfArtifact): Result<ArtifactRecord, Refusal> {
  const artifact = context.store.artifacts.get(artifactId);
  return artifact === null ? err(refusal('artifact_not_found', `artifact ${artifactId} not found`)) : ok(artifact);
}

/** The bytes of an artifact. What is no longer what was recorded is refused, not served. */
export async function openArtifact(
  context: ServiceContext,
  input: OfArtifact,
): Promise<Result<{ readonly artifact: ArtifactRecord; readonly bytes: ByteSource }, Refusal>> {
  const artifact = getArtifact(context, input);
  if (!artifact.ok) return artifact;
  const bytes = await context.evidence.open(artifact.value);
  if (!bytes.ok) return err(refusal('artifact_damaged', bytes.error.sentence));
  return ok({ artifact: artifact.value, bytes: bytes.value });
}
