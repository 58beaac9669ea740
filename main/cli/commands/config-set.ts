import type { ClientChangedSettings } from '../../../contract/client/client-settings.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../../contract/client/json-value.ts';
import { changeSettings } from '../../../contract/client/settings-routes.ts';
import { err } from '../../../contract/result.ts';
import { usageFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { showDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';

const USAGE = `config set <key> <value>|--unset [--json]
Writes into the configuration file that the daemon was started with (codencer up --config <file>), for its next start.
Numbers, true, false and lists are written as JSON; anything else is a text. --unset takes the key out of the file.`;

export const command = defineCommand({
  usage: USAGE,
  words: { atLeast: 1, atMost: 2 },
  flags: { unset: 'switch' },
  run: async (context, { words: [key = '', text], flags }) => {
    if ((text === undefined) !== flags.unset) return err(usageFailure('config set needs a value, or else --unset'));
    const changes = { [key]: text === undefined ? null : settingFrom(text) };
    return showDocument(context, {
      isJson: flags.json,
      ask: (connection) => changeSettings(connection, changes),
      describe: (changed) => describe(context.programName, changed),
    });
  },
});

/** `4` is a number, `["A","B"]` a list; `null` is a text as any other word. */
function settingFrom(text: string): JsonValue {
  const parsed = parseJson(text);
  const isPlain = parsed.ok && parsed.value !== null && !isJsonObject(parsed.value);
  return isPlain ? parsed.value : text;
}

function describe(programName: string, { file, changed }: ClientChangedSettings): string {
  const lines = changed.map(({ key, overriddenBy }) =>
    overriddenBy === null
      ? `${key} is written to ${oneLine(file)}`
      : `${key} is written to ${oneLine(file)}, but ${oneLine(overriddenBy)} counts more`,
  );
  const restart = `It counts from the next start of the daemon: ${programName} down, then ${programName} up --config ${oneLine(file)}`;
  return `${[...lines, restart].join('\n')}\n`;
}
