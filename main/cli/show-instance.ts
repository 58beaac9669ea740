import type { ClientInstance } from '../../contract/client/client-instance.ts';
import { getInstance } from '../../contract/client/instance-routes.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, failureOf, reportFailure } from './cli-failure.ts';
import { formatJson } from './format-json.ts';
import { formatSecond } from './format-time.ts';
import { resolveTarget } from './target.ts';
import { printable } from './terminal.ts';

/** The whole command, for those who have parsed nothing. */
export async function runInstance(context: CliContext, isJson: boolean): Promise<number> {
  const outcome = await showInstance(context, isJson);
  if (outcome.ok) return outcome.value;
  reportFailure(context.terminal, outcome.error, isJson ? 'document' : 'sentence');
  return outcome.error.exit;
}

/** Prints which daemon answers here. The one command on the quickest way: it loads nothing that it does not use. */
export async function showInstance(context: CliContext, isJson: boolean): Promise<Result<number, CliFailure>> {
  const { terminal, programName } = context;
  const target = resolveTarget(context);
  if (!target.ok) return target;
  const reply = await getInstance(target.value);
  if (!reply.ok) return err(failureOf(reply.error, programName));
  const view = isJson ? null : reply.value.read();
  if (view?.ok === false) return err(failureOf(view.error, programName));
  terminal.out(view === null ? formatJson(reply.value.json) : describe(view.value));
  return ok(0);
}

function describe(instance: ClientInstance): string {
  const lines = [
    ['Version', instance.version],
    ['Repo Root', instance.repoRoot],
    ['Base URL', instance.baseUrl],
    ['PID', String(instance.pid)],
    ['Started At', formatSecond(instance.startedAtMs)],
    ['Execution', instance.executionMode],
    ['State Dir', instance.stateDir],
    ['Workspace', instance.workspaceRoot],
    ...(instance.id === '' ? [] : [['Instance', instance.id]]),
  ];
  const body = lines.map(([name, value]) => `${`${name}:`.padEnd(15)}${printable(value ?? '')}`);
  return `${['--- Codencer Instance Identity ---', ...body, '-'.repeat(34)].join('\n')}\n`;
}
