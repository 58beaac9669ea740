import type { FileDiffMetadata } from '@pierre/diffs';
import { parseSection, type Section } from './parse-section.ts';

type Parsed = readonly (FileDiffMetadata | null)[];

/** Takes about twenty milliseconds; longer ones go to a worker, which has to be started first. */
const QUICK_CHARACTERS = 256 * 1024;

/** In the order of the sections. */
export function parseSections(sections: readonly Section[], signal: AbortSignal): Promise<Parsed> {
  const characters = sections.reduce((sum, { text }) => sum + text.length, 0);
  if (characters <= QUICK_CHARACTERS) return Promise.resolve(sections.map(parseSection));
  const { promise, resolve, reject } = Promise.withResolvers<Parsed>();
  const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Parsed>) => resolve(data));
  worker.addEventListener('error', ({ message }) => reject(new Error(`the patch was not parsed: ${message}`)));
  signal.addEventListener('abort', () => reject(new Error('nobody wants it any more')));
  worker.postMessage(sections);
  return promise.finally(() => worker.terminate());
}
