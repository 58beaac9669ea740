import { isAttemptLive } from '../../../contract/attempt-state.ts';
import { type Refusal, refusal } from '../../../contract/errors.ts';
import type { AttemptId } from '../../../contract/ids.ts';
import type { AttemptRecord } from '../../../contract/records.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { AttemptTerminal } from '../adapters/terminal/open-terminals.ts';
import type { TerminalSize } from '../adapters/terminal/terminal-size.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import { getAttempt } from './read-steps.ts';

export interface Typing {
  readonly attemptId: AttemptId;
  readonly bytes: Uint8Array;
  readonly actor: string;
  /** Which attachment types, in the caller's own words; the record tells once of each. */
  readonly attachment: string;
}

/** Types into the program on the terminal of an attempt. That somebody does is recorded, never what (TERM-7). */
export async function typeIntoTerminal(context: ServiceContext, typing: Typing): Promise<Result<void, Refusal>> {
  const found = findTerminal(context, typing.attemptId);
  if (!found.ok) return found;
  const { attempt, terminal } = found.value;
  recordOnce(context, attempt, { ...typing, typists: terminal.typists });
  const typed = await terminal.type(typing.bytes);
  if (typed.ok) return ok(undefined);
  const { sentence, typedBytes } = typed.error;
  const missing = `${typing.bytes.length - typedBytes} of ${typing.bytes.length} bytes are not typed`;
  return err(
    refusal('state_conflict', `the program of attempt ${attempt.id} cannot be typed into: ${sentence}; ${missing}`),
  );
}

export function resizeTerminal(
  context: ServiceContext,
  { attemptId, size }: { readonly attemptId: AttemptId; readonly size: TerminalSize },
): Result<void, Refusal> {
  const found = findTerminal(context, attemptId);
  if (!found.ok) return found;
  found.value.terminal.resize(size);
  return ok(undefined);
}

interface FoundTerminal {
  readonly attempt: AttemptRecord;
  readonly terminal: AttemptTerminal;
}

function findTerminal(context: ServiceContext, attemptId: AttemptId): Result<FoundTerminal, Refusal> {
  const attempt = getAttempt(context, { attemptId });
  if (!attempt.ok) return attempt;
  const terminal = context.executors.terminal(attemptId);
  if (terminal !== null) return ok({ attempt: attempt.value, terminal });
  return err(refusal('state_conflict', whyNone(attempt.value)));
}

function whyNone({ id, state }: AttemptRecord): string {
  if (!isAttemptLive(state)) return `attempt ${id} has ended: ${state}`;
  if (state === 'dispatching') return `attempt ${id} has not started its program yet`;
  return state === 'running' ? `attempt ${id} runs without a terminal` : `the program of attempt ${id} has ended`;
}

function recordOnce(
  { store }: ServiceContext,
  attempt: AttemptRecord,
  { actor, attachment, typists }: Pick<Typing, 'actor' | 'attachment'> & Pick<AttemptTerminal, 'typists'>,
): void {
  const typist = JSON.stringify([actor, attachment]);
  if (typists.has(typist)) return;
  store.transaction(() => store.events.append({ type: 'terminal.typed_into', actor, ...placeOf(attempt) }));
  typists.add(typist);
}
