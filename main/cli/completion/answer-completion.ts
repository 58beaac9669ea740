import type { CliContext } from '../cli-context.ts';
import { resolveTarget } from '../target.ts';
import { oneLine } from '../terminal.ts';
import { askIds } from './ask-ids.ts';
import type { Candidate } from './candidate.ts';
import { complete } from './complete.ts';
import type { IdKind } from './known-values.ts';

/** Longer nobody waits for a key that was pressed. */
const LIMIT_MS = 800;

/**
 * What the completion scripts ask: `__complete =<partial> <word>…`. One line a candidate, with a tab before what it is;
 * `:files` when files fit as well. Never a failure, never a word on stderr: it would stand in the middle of a prompt.
 */
export async function answerCompletion(
  context: CliContext,
  [partial = '=', ...before]: readonly string[],
): Promise<number> {
  try {
    const ask = (kind: IdKind) => idsInTime(context, kind);
    const { candidates, wantsFiles } = await complete({ before, partial: partial.replace(/^=/, '') }, ask);
    const lines = [
      ...candidates.map(({ value, about }) => `${value}\t${oneLine(about)}`),
      ...(wantsFiles ? [':files'] : []),
    ];
    context.terminal.out(lines.map((line) => `${line}\n`).join(''));
  } catch {
    // Whatever it is, the command itself will tell it when it is run.
  }
  return 0;
}

async function idsInTime(context: CliContext, kind: IdKind): Promise<readonly Candidate[]> {
  const target = resolveTarget(context);
  if (!target.ok) return [];
  const signal = AbortSignal.timeout(LIMIT_MS);
  const { fetch } = target.value;
  return askIds({ ...target.value, fetch: (url, request) => fetch(url, { ...request, signal }) }, kind);
}
