import type { ClientSalvageEntry } from '../../../contract/client/client-salvage.ts';
import { getSalvage, releaseSalvage } from '../../../contract/client/record-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import type { CliFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { fetchView, showDone } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

export const command = defineCommand({
  usage: `salvage release <attemptID> [--yes] [--json]
Asks first at a terminal; --yes does not. What is given up cannot be brought back.`,
  words: { atLeast: 1, atMost: 1 },
  flags: { yes: 'switch' },
  run: async (context, { words: [id = ''], flags }) => {
    const agreed = flags.yes ? ok(undefined) : await askFirst(context, id);
    if (!agreed.ok) return agreed;
    return showDone(context, {
      isJson: flags.json,
      action: 'release',
      id,
      ask: (connection) => releaseSalvage(connection, id),
      sentence: `The saved work of ${id} is given up; git removes it with its next clean-up`,
    });
  },
});

/** Who is not at a terminal has said by calling that it is meant. */
async function askFirst(context: CliContext, id: string): Promise<Result<void, CliFailure>> {
  if (context.confirm === null) return ok(undefined);
  const entry = await fetchView(context, (connection) => getSalvage(connection, id));
  if (!entry.ok) return entry;
  context.terminal.err(`This gives up for good what is kept of ${id}:\n${whatIsLost(entry.value)}`);
  return (await context.confirm('Give it up?')) ? ok(undefined) : err(KEPT);
}

const KEPT: CliFailure = { error: 'not confirmed', message: 'nothing was given up', exit: EXIT.usage };

function whatIsLost({ refs, bundles, keptWorktree }: ClientSalvageEntry): string {
  const lines = [
    ...refs.map(({ name }) => name),
    ...bundles.map(({ path }) => `bundle of ${path}`),
    ...(keptWorktree === null ? [] : [keptWorktree]),
  ];
  return (lines.length === 0 ? ['nothing'] : lines).map((line) => `  ${oneLine(line)}\n`).join('');
}
