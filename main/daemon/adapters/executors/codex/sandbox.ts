import { type ExecutorProfile, SANDBOX_WORDS } from '../../../../../contract/executor-profile.ts';
import { err, ok, type Result } from '../../../../../contract/result.ts';
import type { ExecutorStartError } from '../executor.ts';

const SANDBOXES: readonly string[] = SANDBOX_WORDS.codex;

/** How far Codex's own sandbox lets its tools reach: the profile's word, else `workspace-write`. */
export function sandboxOf({ sandbox }: Pick<ExecutorProfile, 'sandbox'>): Result<string, ExecutorStartError> {
  const word = sandbox ?? 'workspace-write';
  if (SANDBOXES.includes(word)) return ok(word);
  return err({ summary: `Codex knows no sandbox "${word}"; one of: ${SANDBOXES.join(', ')}` });
}
