import { unbindAntigravity } from '../../../contract/client/antigravity-routes.ts';
import { err, ok } from '../../../contract/result.ts';
import { failureOf } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { resolveTarget } from '../target.ts';

export const command = defineCommand({
  usage: 'antigravity unbind [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async (context, { flags }) => {
    const target = resolveTarget(context);
    if (!target.ok) return target;
    const unbound = await unbindAntigravity(target.value);
    if (!unbound.ok) return err(failureOf(unbound.error, context.programName));
    context.terminal.out(
      flags.json
        ? formatJson({ action: 'unbind', status: 'success' })
        : 'No Antigravity instance is bound to this repo any more\n',
    );
    return ok(0);
  },
});
