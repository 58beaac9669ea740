import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';

export const command = defineCommand({
  usage: '',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async () => ok(1),
});
