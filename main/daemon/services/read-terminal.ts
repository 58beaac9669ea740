import type { Refusal } from '../../../contract/errors.ts';
import type { AttemptId } from '../../../contract/ids.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { ServiceContext } from './context.ts';
import type { ByteSource } from './ports/byte-source.ts';
import { followNamed, type ReadLog, readNamed, TERMINAL_LOG } from './read-log.ts';
import { getAttempt } from './read-steps.ts';

interface TerminalSubject {
  readonly attemptId: AttemptId;
  /** In bytes. */
  readonly offset: number;
}

/** What the terminal of an attempt has shown, from a byte on. Null: it had none, or none yet. */
export async function readTerminal(
  context: ServiceContext,
  { attemptId, ...range }: TerminalSubject & { readonly limit: number | null },
): Promise<Result<ReadLog | null, Refusal>> {
  const attempt = getAttempt(context, { attemptId });
  return attempt.ok ? readNamed(context, attempt.value, { name: TERMINAL_LOG, ...range }) : attempt;
}

/** The same, and whatever it shows until it is closed. */
export function followTerminal(
  context: ServiceContext,
  { attemptId, ...wanted }: TerminalSubject & { readonly signal: AbortSignal },
): Result<ByteSource, Refusal> {
  const attempt = getAttempt(context, { attemptId });
  return attempt.ok ? ok(followNamed(context, attempt.value, { name: TERMINAL_LOG, ...wanted })) : attempt;
}
