import type { FetchLike } from '../../contract/client/http-types.ts';
import { getInstance } from '../../contract/client/instance-routes.ts';
import { httpFetch } from './http-fetch.ts';
import { oneLine, type Terminal } from './terminal.ts';

/**
 * For the inherited address, where outside of every repository any daemon may listen: says on stderr, with the first
 * answer, whose it is.
 */
export function tellingFetch({ err }: Pick<Terminal, 'err'>): FetchLike {
  let told: Promise<void> | null = null;
  return async (url, request) => {
    const reply = await httpFetch(url, request);
    told ??= whoAnswersAt(new URL(url).origin).then((who) => err(`In no repository: ${who} answers.\n`));
    await told;
    return reply;
  };
}

async function whoAnswersAt(baseUrl: string): Promise<string> {
  const reply = await getInstance({ baseUrl, token: null, fetch: httpFetch });
  const instance = reply.ok ? reply.value.read() : null;
  const repoRoot = instance?.ok === true ? instance.value.repoRoot : null;
  return `the daemon ${repoRoot ? `of ${oneLine(repoRoot)} ` : ''}at ${baseUrl}`;
}
