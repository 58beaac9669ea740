import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { parseLine } from '../agent/parse-line.ts';
import { ThreadUsage } from './exec-event.ts';

const TokenCount = z.object({
  type: z.literal('event_msg'),
  payload: z.object({ type: z.literal('token_count'), info: z.object({ total_token_usage: ThreadUsage }) }),
});

const NOTHING: ThreadUsage = { input_tokens: 0, cached_input_tokens: 0, output_tokens: 0 };

/**
 * What a thread has used so far, from Codex's own record of it
 * (`<home>/sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`). Null when there is no such record.
 */
export async function usedBefore(codexHome: string, thread: string | null): Promise<ThreadUsage | null> {
  if (thread === null) return NOTHING;
  const path = await findRollout(join(codexHome, 'sessions'), thread);
  return path === null ? null : lastTotalIn(path);
}

async function findRollout(folder: string, thread: string): Promise<string | null> {
  try {
    const paths = await readdir(folder, { recursive: true });
    const path = paths
      .filter((one) => one.endsWith(`-${thread}.jsonl`))
      .sort()
      .at(-1);
    return path === undefined ? null : join(folder, path);
  } catch {
    return null; // Codex keeps no sessions here.
  }
}

async function lastTotalIn(path: string): Promise<ThreadUsage | null> {
  let total = NOTHING;
  try {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      if (!line.includes('"token_count"')) continue;
      total = parseLine(TokenCount, line)?.payload.info.total_token_usage ?? total;
    }
    return total;
  } catch {
    return null; // It cannot be read, so nobody knows.
  }
}
