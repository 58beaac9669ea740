import { z } from 'zod';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { openPlainFile } from '../../files/open-plain-file.ts';

/** What a chat writes when it is done, or cannot go on. Keys that are not named are passed over. */
export const ChatResult = z.object({
  status: z.enum(['completed', 'failed', 'needs_input']),
  summary: z.string().max(1_000_000).default(''),
  /** What has to be answered before the work can go on. */
  questions: z.array(z.string().max(10_000)).max(100).default([]),
});
export type ChatResult = z.infer<typeof ChatResult>;

const MAX_BYTES = 4 * 1024 * 1024;

/** Null: there is none. An error says in words why what is there is no result: it may still be being written. */
export async function readChatResult(path: string): Promise<Result<ChatResult | null, string>> {
  try {
    const parsed = ChatResult.safeParse(JSON.parse((await readResultBytes(path)).toString('utf8')));
    return parsed.success ? ok(parsed.data) : err(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  } catch (error) {
    if (isMissing(error)) return ok(null);
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** Whoever works in the worktree can put a link, a pipe or a device there. Rejects for those, and for what is too large. */
export async function readResultBytes(path: string): Promise<Buffer> {
  await using handle = await openPlainFile(path);
  const { size } = await handle.stat();
  if (size > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
  return await handle.readFile();
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
