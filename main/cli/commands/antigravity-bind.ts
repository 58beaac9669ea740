import { bindAntigravity } from '../../../contract/client/antigravity-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { err, ok } from '../../../contract/result.ts';
import { failureOf } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { resolveTarget } from '../target.ts';

export const command = defineCommand({
  usage: `antigravity bind <PID> [--json]
Which Antigravity instance this repository's daemon would use; only tasks that name that executor ever go there.`,
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [word = ''], flags }) => {
    const pid = /^\d{1,10}$/.test(word) ? Number(word) : 0;
    if (pid === 0) {
      return err({ error: 'invalid pid', message: `${JSON.stringify(word)} is no process id`, exit: EXIT.usage });
    }
    const target = resolveTarget(context);
    if (!target.ok) return target;
    const bound = await bindAntigravity(target.value, pid);
    if (!bound.ok) return err(failureOf(bound.error, context.programName));
    context.terminal.out(
      flags.json ? formatJson({ pid, status: 'success' }) : `Antigravity process ${pid} is bound to this repo\n`,
    );
    return ok(0);
  },
});
