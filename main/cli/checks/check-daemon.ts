import { viewOf } from '../../../contract/client/document.ts';
import { getInstance } from '../../../contract/client/instance-routes.ts';
import { getDiagnostics } from '../../../contract/client/record-routes.ts';
import type { CliContext } from '../cli-context.ts';
import { failureOf } from '../cli-failure.ts';
import { findInstanceFile } from '../instance-file.ts';
import { resolveTarget } from '../target.ts';
import { bad, type Check, fine, warn } from './check.ts';

const ANSWER_LIMIT_MS = 10_000;

/**
 * Whether the daemon answers, and what it says about itself. One that was never started is no problem; one that should
 * be there (a file of it is left, or an address was named) and is not, is one.
 */
export async function checkDaemon(context: CliContext): Promise<readonly Check[]> {
  const { programName } = context;
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
  const target = resolveTarget(context);
  if (!target.ok) {
    const wasThere = findInstanceFile(context.cwd) !== null;
    const say = wasThere ? bad : warn;
    return [say('daemon', wasThere ? 'it ended without taking leave' : 'it does not run', `${programName} up`)];
  }
  const instance = await viewOf(getInstance(target.value, signal));
  if (!instance.ok) return [bad('daemon', failureOf(instance.error, programName).message, `${programName} up`)];
  const { baseUrl, pid, executionMode, version, repoRoot } = instance.value;
  const daemon = fine('daemon', `${baseUrl}, version ${version}, pid ${pid}, ${executionMode}, of ${repoRoot}`);
  const checks = await viewOf(getDiagnostics(target.value, signal));
  if (!checks.ok)
    return [daemon, warn('diagnostics', failureOf(checks.error, programName).message, `${programName} instance`)];
  return [
    daemon,
    ...checks.value.map((check) => ({ ...check, name: `daemon: ${check.name}`, result: resultOf(check.result) })),
  ];
}

/** A word that this program does not know is no good news. */
const resultOf = (result: string): Check['result'] => (result === 'ok' || result === 'warning' ? result : 'problem');
