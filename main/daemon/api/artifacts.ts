import type { FastifyInstance } from 'fastify';

import { encodeArtifact, WireArtifact } from '../../../contract/wire/artifact.ts';
import { encodeArtifactVerdict, WireArtifactVerdict } from '../../../contract/wire/artifact-verdict.ts';
import { ArtifactPath } from '../../../contract/wire/paths.ts';
import { getArtifact } from '../services/read-artifacts.ts';
import { verifyArtifact } from '../services/verify-artifact.ts';
import { answer } from './answer.ts';
import { bytes, json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { sendArtifact } from './send-artifact.ts';
import { serve, serveStrays } from './serve.ts';
import { untilGone } from './until-gone.ts';

export function serveArtifacts(app: FastifyInstance, context: ApiContext): void {
  const get = operation({
    id: 'getArtifact',
    summary: 'What is known of a file of evidence',
    scope: 'artifacts:read',
    path: ArtifactPath,
    answers: { 200: json(WireArtifact, 'The artifact') },
    refusals: ['artifact_not_found'],
    handle: (call, { id }) => answer(call, getArtifact(context.services, { artifactId: id }), encodeArtifact),
  });
  const content = operation({
    id: 'getArtifactContent',
    summary: 'The bytes of a file of evidence',
    description: 'Sent as an attachment without any right to load something. Its type is what the record says.',
    scope: 'artifacts:read',
    path: ArtifactPath,
    headers: { range: 'One range of bytes (RFC 9110, 14.2)' },
    answers: { 200: bytes('*/*', 'All of it'), 206: bytes('*/*', 'The range that was asked for') },
    refusals: ['artifact_not_found', 'artifact_damaged', 'range_not_satisfiable'],
    handle: (call, { id }) => sendArtifact(context, call, { artifactId: id }),
  });
  const verify = operation({
    id: 'verifyArtifact',
    summary: 'Reads a file of evidence again and compares it with the record',
    scope: 'artifacts:read',
    path: ArtifactPath,
    answers: { 200: json(WireArtifactVerdict, 'Whether it is still what was recorded') },
    refusals: ['artifact_not_found'],
    handle: async (call, { id }) => {
      const signal = untilGone(call, context.closing);
      const verdict = await verifyArtifact(context.services, { artifactId: id, signal });
      return answer(call, verdict, encodeArtifactVerdict);
    },
  });
  serve(app, '/api/v1/artifacts/:id', { GET: get });
  serve(app, '/api/v1/artifacts/:id/content', { GET: content });
  serve(app, '/api/v1/artifacts/:id/verify', { POST: verify });
  serveStrays(app, '/api/v1/artifacts');
}
