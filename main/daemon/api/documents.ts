import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { encodeJson } from '../../../contract/wire/encode-json.ts';
import { instanceInfo } from '../services/instance-info.ts';
import { bytes, json } from './answer-spec.ts';
import type { ApiContext } from './call.ts';
import { sendTagged } from './conditional.ts';
import { sendPage } from './html-page.ts';
import type { DeclaredRoute } from './openapi/declared-routes.ts';
import { docsPage } from './openapi/docs-page.ts';
import { openApiDocument } from './openapi/openapi-document.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

/** What is said about the API. Written when somebody first asks, so that no start of the daemon pays for it. */
export function serveDocuments(app: FastifyInstance, { services }: ApiContext, routes: readonly DeclaredRoute[]): void {
  const document = once(() => openApiDocument(routes, instanceInfo(services).version));
  const documentBytes = once(() => Buffer.from(encodeJson(document())));
  const page = once(() => docsPage(document()));
  const openApi = operation({
    id: 'getOpenApi',
    summary: 'This document',
    scope: 'public',
    answers: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
    handle: ({ reply }) => sendTagged(reply.header('content-type', 'application/json'), documentBytes()),
  });
  const docs = operation({
    id: 'getDocs',
    summary: 'The same for people',
    scope: 'public',
    answers: { 200: bytes('text/html; charset=utf-8', 'A page without scripts') },
    handle: ({ reply }) => sendPage(reply, page()),
  });
  serve(app, '/openapi.json', { GET: openApi });
  serve(app, '/docs', { GET: docs });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
