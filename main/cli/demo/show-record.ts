import { viewOf } from '../../../contract/client/document.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { verifyAudit } from '../../../contract/client/record-routes.ts';
import { getRun } from '../../../contract/client/run-routes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf } from '../cli-failure.ts';
import { formatTree } from '../text-tree.ts';
import { readRunTree } from './run-tree.ts';

export interface ShownRecord {
  readonly runState: string;
  /** Whether every event and every artifact is as it was written. */
  readonly isWhole: boolean;
}

/** Prints a run with everything below it, read anew from the record, and whether the record holds. */
export async function showRecord(
  { terminal, programName }: CliContext,
  connection: Connection,
  runId: string,
): Promise<Result<ShownRecord, CliFailure>> {
  const tree = await readRunTree(connection, runId);
  if (!tree.ok) return err(failureOf(tree.error, programName));
  terminal.out(`\n${formatTree(tree.value, terminal.outScreen)}\n`);
  const verified = await viewOf(verifyAudit(connection));
  if (!verified.ok) return err(failureOf(verified.error, programName));
  const { isOk, events, artifacts } = verified.value;
  terminal.out(
    `record: ${isOk ? 'holds' : 'does NOT hold'} (${events} chained events, ${artifacts} artifacts re-hashed)\n`,
  );
  const run = await viewOf(getRun(connection, runId));
  return run.ok ? ok({ runState: run.value.state, isWhole: isOk }) : err(failureOf(run.error, programName));
}
