import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/**
 * Bytes from a source that fills one block over and over: the next are asked for when the kernel has these. What a
 * stream reads ahead would be a fresh block each time, and V8 lets tens of megabytes of those lie before it looks.
 * Resolves when either side has ended. A source that fails at once is an error like any other, later on it breaks the
 * connection: nobody may take half a log for the whole.
 */
export async function streamBlocks(reply: FastifyReply, source: AsyncIterable<Uint8Array>): Promise<FastifyReply> {
  const blocks = source[Symbol.asyncIterator]();
  const first = await blocks.next();
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) response.setHeader(name, value ?? '');
  const write = writerTo(response);
  try {
    for (let block = first; block.done !== true; block = await blocks.next()) await write(block.value);
    response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
  return reply;
}

/** Resolves when the bytes are with the kernel, or nobody is there to take them. */
function writerTo(response: ServerResponse): (bytes: Uint8Array) => Promise<void> {
  let settle = () => {};
  response.once('close', () => settle());
  return (bytes) =>
    new Promise((resolve) => {
      settle = resolve;
      if (response.destroyed) resolve();
      else response.write(bytes, () => resolve());
    });
}
