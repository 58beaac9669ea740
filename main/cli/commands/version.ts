import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { readVersion } from '../invocation.ts';

export const command = defineCommand({
  usage: 'version [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async ({ terminal, programName, entryPath }, { flags }) => {
    const version = readVersion(entryPath);
    terminal.out(flags.json ? formatJson({ version }) : `${programName} version ${version}\n`);
    return ok(0);
  },
});
