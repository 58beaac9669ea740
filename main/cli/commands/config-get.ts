import { getSettings } from '../../../contract/client/settings-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { nearestWord } from '../../../contract/nearest-word.ts';
import { err, ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { settingSource, settingValue } from '../describe-setting.ts';
import { formatJson } from '../format-json.ts';
import { fetchView } from '../show-document.ts';
import { printable } from '../terminal.ts';

/** The value alone on stdout, and on stderr where it came from. */
export const command = defineCommand({
  usage: 'config get <key> [--json]',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [key = ''], flags }) => {
    const settings = await fetchView(context, getSettings);
    if (!settings.ok) return settings;
    const known = settings.value.settings;
    const setting = known.find((one) => one.key === key);
    if (setting === undefined)
      return err(unknownSetting(context.programName, { key, known: known.map((one) => one.key) }));
    const { terminal } = context;
    const { value, source, sourcePath, sourceKey } = setting;
    const document = { key, value, source, source_path: sourcePath || null, source_key: sourceKey || null };
    terminal.out(flags.json ? formatJson(document) : `${printable(settingValue(value))}\n`);
    if (!flags.json) terminal.err(`from ${settingSource(setting)}\n`);
    return ok(0);
  },
});

function unknownSetting(
  programName: string,
  { key, known }: { readonly key: string; readonly known: readonly string[] },
) {
  const near = nearestWord(key, known);
  return {
    error: 'reading settings',
    message: `there is no setting ${JSON.stringify(key)}`,
    exit: EXIT.usage,
    nextStep: `${near === null ? '' : `Did you mean ${near}? `}What there is: ${programName} config list`,
  };
}
