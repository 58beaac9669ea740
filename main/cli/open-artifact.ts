import { getArtifact, openArtifact } from '../../contract/client/artifact-routes.ts';
import type { ClientArtifact } from '../../contract/client/client-artifact.ts';
import { EXIT } from '../../contract/errors.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import type { CliFailure } from './cli-failure.ts';
import { type HashedBytes, hashBytes } from './hashed-bytes.ts';
import { askDaemon, fetchView } from './show-document.ts';

export interface OpenArtifact {
  readonly artifact: ClientArtifact;
  readonly content: HashedBytes;
}

/** What the record says of an artifact, and its content. */
export async function openRecorded(
  context: CliContext,
  artifactId: string,
  signal: AbortSignal,
): Promise<Result<OpenArtifact, CliFailure>> {
  const artifact = await fetchView(context, (connection) => getArtifact(connection, artifactId));
  if (!artifact.ok) return artifact;
  const reply = await askDaemon(context, (connection) => openArtifact(connection, artifactId, signal));
  return reply.ok ? ok({ artifact: artifact.value, content: hashBytes(reply.value.body ?? nothing()) }) : reply;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Whether what arrived is what was recorded; asked when all of it was read. */
export function verify({ artifact, content }: OpenArtifact, programName: string): Result<string, CliFailure> {
  const sha256 = content.sha256();
  if (artifact.sha256 === '' || artifact.sha256 === sha256) return ok(sha256);
  return err({
    error: 'checking the artifact',
    message: `what arrived of ${artifact.id} is not what was recorded (SHA-256 ${sha256}, recorded ${artifact.sha256})`,
    exit: EXIT.infrastructure,
    nextStep: `See what else of the record does not hold: ${programName} audit verify`,
  });
}
