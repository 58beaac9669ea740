import type { ArtifactRecord } from '../../../../contract/records.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { type FileProblem, refuseFile, tryFile } from './file-problem.ts';
import { hashFile } from './hash-file.ts';
import { type OpenedFile, openArtifactFile } from './open-artifact-file.ts';

export interface VerifyArtifact {
  readonly root: string;
  readonly artifact: Pick<ArtifactRecord, 'path' | 'sizeBytes' | 'sha256'>;
  readonly signal: AbortSignal;
}

/** Whether the file of an artifact is there, plain, and byte for byte what was recorded. */
export async function verifyArtifact(input: VerifyArtifact): Promise<Result<void, FileProblem>> {
  const opened = await openVerifiedArtifact(input);
  if (!opened.ok) return opened;
  await opened.value.handle.close();
  return ok(undefined);
}

/** Opens an artifact and gives out the very file whose bytes were checked. The caller closes it. */
export async function openVerifiedArtifact(input: VerifyArtifact): Promise<Result<OpenedFile, FileProblem>> {
  const { path } = input.artifact;
  const opened = await openArtifactFile(input.root, path);
  if (!opened.ok) return opened;
  let isTrusted = false;
  try {
    const damage = await tryFile('read', path, () => findDamage(opened.value, input));
    if (!damage.ok) return damage;
    if (damage.value !== null) return err(refuseFile('trust', path, damage.value));
    isTrusted = true;
    return opened;
  } finally {
    if (!isTrusted) await opened.value.handle.close();
  }
}

async function findDamage({ handle, stats }: OpenedFile, { artifact, signal }: VerifyArtifact): Promise<string | null> {
  if (stats.size !== artifact.sizeBytes) return `it has ${stats.size} bytes and had ${artifact.sizeBytes}`;
  const { sha256 } = await hashFile(handle, signal);
  return sha256 === artifact.sha256 ? null : `its SHA-256 is ${sha256} and was ${artifact.sha256}`;
}
