import { z } from 'zod';

import { ArtifactId, AttemptId, StepId } from '../ids.ts';
import { type ArtifactRecord, ArtifactType } from '../records.ts';
import type { Result } from '../result.ts';
import { decodeWith, wireObject, wireText, wireTime } from './decode.ts';
import { formatTime } from './time.ts';

/** A file of evidence never changes, so both of its times are one. */
export const encodeArtifact = (artifact: ArtifactRecord) => ({
  id: artifact.id,
  attempt_id: artifact.attemptId,
  type: artifact.type,
  name: artifact.name,
  path: artifact.path,
  size: artifact.sizeBytes,
  hash: artifact.sha256,
  mime_type: artifact.mediaType,
  created_at: formatTime(artifact.createdAtMs),
  updated_at: formatTime(artifact.createdAtMs),
  step_id: artifact.stepId,
  contains_secret: artifact.containsSecret,
});

export const WireArtifact = wireObject({
  id: ArtifactId,
  attempt_id: AttemptId,
  type: ArtifactType,
  name: wireText,
  path: wireText,
  size: z.int().nonnegative(),
  hash: z.string(),
  mime_type: wireText,
  created_at: wireTime,
  updated_at: wireText,
  step_id: StepId,
  contains_secret: z.boolean().default(false),
})
  .transform(
    (wire): ArtifactRecord => ({
      id: wire.id,
      attemptId: wire.attempt_id,
      stepId: wire.step_id,
      type: wire.type,
      name: wire.name,
      path: wire.path,
      sizeBytes: wire.size,
      sha256: wire.hash,
      mediaType: wire.mime_type,
      containsSecret: wire.contains_secret,
      createdAtMs: wire.created_at,
    }),
  )
  .meta({ id: 'Artifact', description: 'A file of evidence.' });

export const decodeArtifact = (value: unknown): Result<ArtifactRecord, string> => decodeWith(WireArtifact, value);
