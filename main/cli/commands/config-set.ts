import { existsSync } from 'node:fs';
import type { ClientChangedSettings } from '../../../contract/client/client-settings.ts';
import { getInstance } from '../../../contract/client/instance-routes.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../contract/client/json-value.ts';
import { changeSettings, getSettings } from '../../../contract/client/settings-routes.ts';
import { err } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { usageFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import { shellWord } from '../shell-word.ts';
import { fetchView, showDocument } from '../show-document.ts';
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
    const shown = await showDocument(context, {
      isJson: flags.json,
      ask: (connection) => changeSettings(connection, changes),
      describe: (changed) => describe(context.programName, changed),
    });
    if (shown.ok || shown.error.status !== 400) return shown;
    const nextStep = await firstFile(context, changes);
    return err(nextStep === null ? shown.error : { ...shown.error, nextStep });
  },
});

/** Where the daemon has no file yet: the commands that make one beside the repository; `null`: it has one. */
async function firstFile(context: CliContext, changes: JsonObject): Promise<string | null> {
  const settings = await fetchView(context, getSettings);
  const instance = await fetchView(context, getInstance);
  if (!settings.ok || settings.value.file !== null || !instance.ok) return null;
  const { repoRoot, executionMode } = instance.value;
  const file = `${repoRoot}.codencer.json`; // in the repository every executor could write it
  const content = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
  const make = existsSync(file) ? [] : [`echo ${shellWord(JSON.stringify(content))} > ${shellWord(file)}`];
  const sim = executionMode === 'simulation' ? ' --sim' : '';
  const { programName } = context;
  const commands = [...make, `${programName} down`, `${programName} up${sim} --config ${shellWord(file)}`];
  return `Once: ${commands.join(' && ')}`;
}

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
