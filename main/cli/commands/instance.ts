import { defineCommand } from '../define-command.ts';
import { showInstance } from '../show-instance.ts';

export const command = defineCommand({
  usage: 'instance [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showInstance(context, flags.json),
});
