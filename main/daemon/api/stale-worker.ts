import type { FastifyInstance } from 'fastify';

/** What a worker does that has this instead: it goes, and the pages that it has answered are loaded anew. */
const FAREWELL = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  await self.registration.unregister();
  for (const page of await self.clients.matchAll({ type: 'window' })) await page.navigate(page.url);
})()));
`;

/**
 * A browser keeps the service worker of whoever had this port before, and lets it answer in our place. It asks for the
 * worker's script when it opens a page; no page can ask like that.
 */
export function endStaleWorkers(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers['service-worker'] !== 'script') done();
    else reply.header('content-type', 'text/javascript; charset=utf-8').send(FAREWELL);
  });
}
