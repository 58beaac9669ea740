import { get } from 'node:http';
import { decodeInstance } from '../../../../contract/wire/instance.ts';
import { listInstances } from './instance-file.ts';

/** Who listens on a port of this machine, as far as that can be told, in words for a sentence. */
export async function whoHasPort(port: number, { indexDir }: { readonly indexDir: string }): Promise<string> {
  const index = await listInstances(indexDir);
  const listed = index.ok ? index.value.found.filter(({ state }) => state === 'live') : [];
  const known = listed.find(({ instance }) => instance.port === port)?.instance ?? (await askInstance(port));
  if (known === null) return 'another program';
  return `the daemon of ${JSON.stringify(known.repoRoot)} (process ${known.pid})`;
}

const ANSWER_TIMEOUT_MS = 500;
const MAX_ANSWER_CHARACTERS = 64 * 1024;

async function askInstance(port: number) {
  const text = await fetchText(`http://127.0.0.1:${port}/api/v1/instance`);
  try {
    const decoded = decodeInstance(JSON.parse(text));
    return decoded.ok ? decoded.value : null;
  } catch {
    return null; // whatever listens there does not speak our language
  }
}

/** The text of an answer; empty when there is none in time. */
function fetchText(url: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const request = get(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS), agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > MAX_ANSWER_CHARACTERS) response.destroy();
    });
    response.on('end', () => resolve(text));
    response.on('close', () => resolve(''));
    response.on('error', () => resolve(''));
  });
  request.on('error', () => resolve(''));
  return promise;
}
