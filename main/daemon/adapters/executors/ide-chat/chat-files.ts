import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import { resolveContained } from '../../files/contained-path.ts';
import { tryFile } from '../../files/file-problem.ts';
import { readResultBytes } from './result-file.ts';

/** The inherited names: a chat is told them, and some know them by heart. */
export const PROMPT_FILE = '.codencer/chat_prompt.txt';
export const RESULT_FILE = '.codencer/result.json';

export interface ChatFiles {
  readonly folder: string;
  readonly promptPath: string;
  readonly resultPath: string;
}

/** Where they are, or would be: in the worktree, whatever links there are. */
export async function findFiles(worktreePath: string): Promise<Result<ChatFiles, string>> {
  const prompt = await resolveContained(worktreePath, PROMPT_FILE);
  const result = await resolveContained(worktreePath, RESULT_FILE);
  if (!prompt.ok) return err(`${PROMPT_FILE}: ${prompt.error.sentence}`);
  if (!result.ok) return err(`${RESULT_FILE}: ${result.error.sentence}`);
  return ok({ folder: dirname(prompt.value.path), promptPath: prompt.value.path, resultPath: result.value.path });
}

/** Puts the task where the chat finds it. A result of an earlier time is taken away first. */
export async function layOut(worktreePath: string, text: string): Promise<Result<ChatFiles, string>> {
  const found = await findFiles(worktreePath);
  if (!found.ok) return found;
  const files = found.value;
  const written = await tryFile('write', PROMPT_FILE, async () => {
    await mkdir(files.folder, { recursive: true });
    await rm(files.resultPath, { force: true });
    await writeFile(files.promptPath, text);
  });
  return written.ok ? ok(files) : err(written.error.sentence);
}

/** They are ours and the chat's, not work: what was handed in is kept with the evidence, and neither is left in the tree. */
export async function clearAway(files: ChatFiles, evidencePath: string): Promise<readonly string[]> {
  const keep = async () => writeFile(join(evidencePath, 'result.json'), await readResultBytes(files.resultPath));
  const kept = await settle(keep());
  const removed = await Promise.all(
    [files.promptPath, files.resultPath].map((path) => settle(rm(path, { force: true }))),
  );
  await settle(rmdir(files.folder)); // Others may have something in it: then it stays.
  const problems = [
    ...(kept === null || kept.includes('ENOENT') ? [] : [kept]),
    ...removed.filter((one) => one !== null),
  ];
  return problems.map((problem) => `the files of the chat could not be cleared away: ${problem}`);
}

const settle = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
