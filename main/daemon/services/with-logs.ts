import { ok, type Result } from '../../../contract/result.ts';
import { type AttemptWork, recipeVariables } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';
import type { EvidenceLog } from './ports/evidence.ts';
import type { Problem } from './ports/problem.ts';

/** The logs of one program. */
export interface LogPair {
  readonly stdout: EvidenceLog;
  readonly stderr: EvidenceLog;
}

export interface Logged<T> {
  readonly value: T;
  /** A sentence for each log that is not whole. */
  readonly problems: readonly string[];
}

/** Opens both logs, lets `use` write into them, and closes them however it ends. An error: they could not be opened. */
export async function withLogs<T>(
  context: ServiceContext,
  logs: { readonly work: Pick<AttemptWork, 'place' | 'step'>; readonly names: Readonly<Record<keyof LogPair, string>> },
  use: (pair: LogPair) => Promise<T>,
): Promise<Result<Logged<T>, Problem>> {
  const opened = await openPair(context, logs);
  if (!opened.ok) return opened;
  try {
    const value = await use(opened.value);
    return ok({ value, problems: await closePair(opened.value) });
  } catch (error) {
    await closePair(opened.value);
    throw error;
  }
}

async function openPair(
  { evidence }: ServiceContext,
  { work, names }: Parameters<typeof withLogs>[1],
): Promise<Result<LogPair, Problem>> {
  const secretsIn = recipeVariables(work.step);
  const stdout = await evidence.openLog(work.place, names.stdout, secretsIn);
  if (!stdout.ok) return stdout;
  const stderr = await evidence.openLog(work.place, names.stderr, secretsIn);
  if (stderr.ok) return ok({ stdout: stdout.value, stderr: stderr.value });
  await stdout.value.close();
  return stderr;
}

async function closePair({ stdout, stderr }: LogPair): Promise<readonly string[]> {
  const closed = await Promise.all([stdout.close(), stderr.close()]);
  return closed.flatMap((result) => (result.ok ? [] : [result.error.sentence]));
}
