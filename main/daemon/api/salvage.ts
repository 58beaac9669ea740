import type { FastifyInstance } from 'fastify';

import { AttemptId } from '../../../contract/ids.ts';
import { decodePageQuery } from '../../../contract/wire/queries.ts';
import { encodeSalvageEntry } from '../../../contract/wire/salvage-entry.ts';
import { listSalvage, releaseSalvage, showSalvage } from '../services/salvage.ts';
import { answer, sendJson } from './answer.ts';
import { type ApiContext, actorOf, type Call } from './call.ts';
import { refuseExecutors } from './guard.ts';
import { readQuery } from './query.ts';
import { refuse } from './refuse.ts';
import { everyMethod, needId, serve, withId } from './serve.ts';

export function serveSalvage(app: FastifyInstance, context: ApiContext): void {
  const { services } = context;
  const list = async (call: Call) => {
    const query = readQuery(call.request, decodePageQuery);
    if (!query.ok) return refuse(call, query.error);
    const page = query.value.limit === undefined ? {} : { limit: query.value.limit };
    const entries = await listSalvage(services, page);
    return sendJson(call.reply, entries.map(encodeSalvageEntry));
  };
  const show = withId(AttemptId, (attemptId, call) =>
    answer(call, showSalvage(services, { attemptId }), encodeSalvageEntry),
  );
  const release = withId(AttemptId, async (attemptId, call) =>
    answer(
      call,
      await releaseSalvage(services, { attemptId, actor: await actorOf(context, call) }),
      encodeSalvageEntry,
    ),
  );
  serve(app, '/api/v1/salvage', { GET: list });
  serve(app, '/api/v1/salvage/', everyMethod(needId));
  serve(app, '/api/v1/salvage/:id', { GET: show });
  serve(app, '/api/v1/salvage/:id/release', { POST: release, options: { preHandler: refuseExecutors(context) } });
  serve(app, '/api/v1/salvage/*', {});
}
