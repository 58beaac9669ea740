import type { FastifyInstance } from 'fastify';

import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId, StepId } from '../../../contract/ids.ts';
import type { ArtifactRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { StepPath } from '../../../contract/wire/paths.ts';
import { DiffQuery } from '../../../contract/wire/queries.ts';
import type { ServiceContext } from '../services/context.ts';
import { listStepArtifacts, listStepAttempts } from '../services/read-steps.ts';
import { bytes, nothing } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { refuse } from './refuse.ts';
import { sendArtifact } from './send-artifact.ts';
import { serve } from './serve.ts';

/** The patch of one attempt, the newest unless it is named; 204 when it left none. */
export function serveDiff(app: FastifyInstance, context: ApiContext): void {
  const diff = operation({
    id: 'getStepDiff',
    summary: 'What an attempt of a step changed, as a patch',
    description: 'Of the newest attempt unless one is named.',
    scope: 'artifacts:read',
    path: StepPath,
    query: DiffQuery,
    headers: { range: 'One range of bytes (RFC 9110, 14.2)' },
    answers: {
      200: bytes('text/x-diff', 'The patch'),
      204: nothing('There is none'),
      206: bytes('text/x-diff', 'The range that was asked for'),
    },
    refusals: [
      'step_not_found',
      'attempt_not_found',
      'artifact_not_found',
      'artifact_damaged',
      'range_not_satisfiable',
    ],
    handle: (call, { id, query }) => {
      const patch = findPatch(context.services, { stepId: id, attemptId: query.attempt });
      if (!patch.ok) return refuse(call, patch.error);
      if (patch.value === null) return call.reply.code(204).send();
      return sendArtifact(context, call, { artifactId: patch.value.id, mediaType: 'text/x-diff' });
    },
  });
  serve(app, '/api/v1/steps/:id/diff', { GET: diff });
}

function findPatch(
  services: ServiceContext,
  { stepId, attemptId }: { readonly stepId: StepId; readonly attemptId: AttemptId | undefined },
): Result<ArtifactRecord | null, Refusal> {
  const attempts = listStepAttempts(services, { stepId });
  if (!attempts.ok) return attempts;
  const attempt = attemptId === undefined ? attempts.value.at(-1) : attempts.value.find(({ id }) => id === attemptId);
  if (attempt === undefined && attemptId !== undefined) {
    return err(refusal('attempt_not_found', `step ${stepId} has no attempt ${attemptId}`));
  }
  const patches = listStepArtifacts(services, { stepId }).filter(({ name }) => name === 'diff.patch');
  return ok(patches.find((patch) => patch.attemptId === attempt?.id) ?? null);
}
