import type { FastifyInstance } from 'fastify';

import {
  encodeChangedSettings,
  encodeSettings,
  SettingsRequest,
  WireChangedSettings,
  WireSettings,
} from '../../../contract/wire/settings.ts';
import { changeSettings } from '../services/change-settings.ts';
import { readSettings } from '../services/read-settings.ts';
import { answer, sendJson } from './answer.ts';
import { json } from './answer-spec.ts';
import { neededBody } from './body-spec.ts';
import { type ApiContext, actorOf } from './call.ts';
import { operation } from './operation.ts';
import { serve } from './serve.ts';

export function serveSettings(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const read = operation({
    id: 'getSettings',
    summary: 'Every setting of this daemon, and where its value came from',
    description: 'No secret is among them: of what is redacted only the names of variables are settings.',
    scope: 'admin:read',
    answers: { 200: json(WireSettings, 'The settings') },
    handle: ({ reply }) => sendJson(reply, encodeSettings(readSettings(services))),
  });
  const change = operation({
    id: 'changeSettings',
    summary: 'Writes settings into the configuration file that was named at the start',
    description: 'All of them or none; a bad value is refused by name. They count from the next start on.',
    scope: 'admin:write',
    by: 'operators',
    body: neededBody(SettingsRequest),
    answers: { 200: json(WireChangedSettings, 'What was written') },
    refusals: ['state_conflict'],
    handle: async (call, { body: changes }) => {
      const actor = await actorOf(context, call);
      return answer(call, await changeSettings(services, { changes, actor }), encodeChangedSettings);
    },
  });
  serve(app, '/api/v1/settings', { GET: read, PATCH: change });
}
