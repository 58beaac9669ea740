import { startRun } from '../../../contract/client/run-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { fetchDocument } from '../show-document.ts';

export const command = defineCommand({
  usage:
    'run start [id] [project] [--project p] [--conversation c] [--planner p] [--executor e] [--close-when-idle] [--json]',
  words: { atLeast: 0, atMost: 2 },
  flags: { project: 'text', conversation: 'text', planner: 'text', executor: 'text', closeWhenIdle: 'switch' },
  run: async (context, { words, flags }) => {
    const run = {
      id: words[0] ?? '',
      projectId: flags.project ?? words[1] ?? '',
      conversationId: flags.conversation ?? '',
      plannerId: flags.planner ?? '',
      executorId: flags.executor ?? '',
      closeWhenIdle: flags.closeWhenIdle,
    };
    const started = await fetchDocument(context, (connection) => startRun(connection, run));
    if (!started.ok) return started;
    context.terminal.out(formatJson(started.value.json));
    return ok(0);
  },
});
