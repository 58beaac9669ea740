import { err, ok } from '../../../contract/result.ts';
import { usageFailure } from '../cli-failure.ts';
import { completionScript, SHELLS } from '../completion/scripts.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';

const USAGE = `completion <bash|zsh|fish|powershell> [--json]
Prints the script; its first lines say where it belongs. For this shell only:
  bash, zsh:   source <(codencer completion bash)
  fish:        codencer completion fish | source
  PowerShell:  codencer completion powershell | Out-String | Invoke-Expression`;

export const command = defineCommand({
  usage: USAGE,
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async ({ terminal, programName }, { words: [name = ''], flags }) => {
    const shell = SHELLS.find((known) => known === name);
    if (shell === undefined) {
      return err(usageFailure(`there is no completion for ${JSON.stringify(name)}, only for ${SHELLS.join(', ')}`));
    }
    const script = completionScript(shell, programName);
    terminal.out(flags.json ? formatJson({ shell, script }) : script);
    return ok(0);
  },
});
