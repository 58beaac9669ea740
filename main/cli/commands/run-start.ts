import { startRun } from '../../../contract/client/run-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { printsForPeople } from '../prints-for-people.ts';
import { fetchDocument, readDocument } from '../show-document.ts';

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
    const { terminal, programName } = context;
    if (!printsForPeople(terminal, { isJson: flags.json })) {
      terminal.out(formatJson(started.value.json));
      return ok(0);
    }
    const view = readDocument(context, started.value);
    if (!view.ok) return view;
    terminal.out(`Run ${view.value.id} is open.\n\n  ${programName} submit ${view.value.id} <task file>\n`);
    return ok(0);
  },
});
