import type { Refusal } from '../../../contract/errors.ts';
import type { ArtifactId } from '../../../contract/ids.ts';
import type { ArtifactRecord } from '../../../contract/records.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import { getArtifact } from './read-artifacts.ts';

export interface ArtifactVerdict {
  readonly artifact: ArtifactRecord;
  /** Null: the file has the size and the hash that were recorded. */
  readonly problem: string | null;
}

/** Reads the file of an artifact again and compares it with the record. Rejects when the signal is aborted. */
export async function verifyArtifact(
  context: ServiceContext,
  { artifactId, signal }: { readonly artifactId: ArtifactId; readonly signal?: AbortSignal },
): Promise<Result<ArtifactVerdict, Refusal>> {
  const artifact = getArtifact(context, { artifactId });
  if (!artifact.ok) return artifact;
  const verified = await context.evidence.verify(artifact.value, signal);
  return ok({ artifact: artifact.value, problem: verified.ok ? null : verified.error.sentence });
}
