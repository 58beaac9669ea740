import type { FastifyInstance } from 'fastify';

import { ArtifactId } from '../../../contract/ids.ts';
import { encodeArtifact } from '../../../contract/wire/artifact.ts';
import { getArtifact } from '../services/read-artifacts.ts';
import { answer } from './answer.ts';
import type { ApiContext } from './call.ts';
import { sendArtifact } from './send-artifact.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveArtifacts(app: FastifyInstance, context: ApiContext): void {
  serve(app, '/api/v1/artifacts/', everyMethod(needId));
  serve(app, '/api/v1/artifacts/:id', {
    GET: withId(ArtifactId, (artifactId, call) =>
      answer(call, getArtifact(context.services, { artifactId }), encodeArtifact),
    ),
  });
  serve(app, '/api/v1/artifacts/:id/content', {
    GET: withId(ArtifactId, (artifactId, call) => sendArtifact(context, call, { artifactId })),
  });
  serve(app, '/api/v1/artifacts/*', {});
}
