import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { encodeEditor, encodeOpened, OpenRequest, WireEditor, WireOpened } from '../../../contract/wire/editor.ts';
import { openInEditor } from '../services/open-in-editor.ts';
import { answer, sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import type { ApiContext } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveEditors(app: FastifyInstance, { services }: ApiContext): void {
  const list = operation({
    id: 'listEditors',
    summary: 'The editors that are installed here',
    description: 'Only those that are found; they are looked for anew each time.',
    scope: 'admin:read',
    answers: { 200: json(z.array(WireEditor), 'The editors') },
    handle: async ({ reply }) => sendJson(reply, (await services.editors.list()).map(encodeEditor)),
  });
  const open = operation({
    id: 'openInEditor',
    summary: 'Opens a file, a worktree or the repository in an editor on this machine',
    description: `Only what lies in the repository or in a worktree that is on disk, links followed. The program is started
with its arguments, without a shell, and nobody waits for it.`,
    scope: 'admin:write',
    by: 'operators',
    body: neededBody(OpenRequest),
    answers: { 200: json(WireOpened, 'What was started') },
    refusals: ['attempt_not_found', 'not_found'],
    handle: async (call, { body: { editor, kind, attempt_id: attemptId, path, line } }) =>
      answer(call, await openInEditor(services, { editor, kind, attemptId, path, line }), encodeOpened),
  });
  serve(app, '/api/v1/editors', { GET: list });
  serve(app, '/api/v1/open', { POST: open });
}
