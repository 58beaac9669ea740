import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * What every answer carries. There is no CORS header anywhere: no page of another origin reads anything. Who asks gets
 * its request id back, to find the request in the daemon's log.
 */
export const setSecurityHeaders = (reply: FastifyReply): FastifyReply =>
  reply
    .header('x-request-id', reply.request.id)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('cross-origin-resource-policy', 'same-origin');

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    setSecurityHeaders(reply);
    done();
  });
}

/** For bytes that an agent made: saved, never shown, and without any right if something shows them all the same. */
export const quarantineContent = (reply: FastifyReply, fileName: string): FastifyReply =>
  reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeFileName(fileName)}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('referrer-policy', 'no-referrer');

/** RFC 8187; lone surrogates, which it cannot say, become the replacement character. */
const encodeFileName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
