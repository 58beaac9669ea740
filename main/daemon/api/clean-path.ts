import type { FastifyInstance } from 'fastify';

/** The inherited server sends `//` and dot segments to the clean path instead of guessing what was meant. */
export function redirectToCleanPath(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const [path = '', ...query] = request.url.split('?');
    const clean = cleanPath(path);
    if (clean === path || !path.startsWith('/')) {
      done();
      return;
    }
    reply
      .code(301)
      .header('location', [clean, ...query].join('?'))
      .send();
  });
}

const UNCLEAN = /\/\/|\/\.{1,2}(?:\/|$)/;

/** One slash at the start always, and no backslash, which browsers take for one: what is sent back must not name another host. */
export function cleanPath(path: string): string {
  if (!UNCLEAN.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const end = path.endsWith('/') && parts.length > 0 ? '/' : '';
  return `/${parts.join('/').replaceAll('\\', '%5C')}${end}`;
}
