import type { ClientSettings } from '../../../contract/client/client-settings.ts';
import { getSettings } from '../../../contract/client/settings-routes.ts';
import { defineCommand } from '../define-command.ts';
import { settingSource, settingValue } from '../describe-setting.ts';
import { type Column, formatTable } from '../format-table.ts';
import { showDocument } from '../show-document.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'config list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: (context, { flags }) => showDocument(context, { isJson: flags.json, ask: getSettings, describe }),
});

const COLUMNS: readonly Column[] = [
  { title: 'SETTING', width: 24 },
  { title: 'VALUE', width: 24, whenNarrow: 'shorten' },
  { title: 'FROM', width: 24, whenNarrow: 'shorten' },
  { title: 'MEANING', width: 24, whenNarrow: 'shorten' },
];

const describe = ({ settings }: ClientSettings, screen: Screen): string =>
  formatTable(
    screen,
    COLUMNS,
    settings.map((setting) => [
      setting.key,
      oneLine(settingValue(setting.value)),
      settingSource(setting),
      oneLine(setting.meaning),
    ]),
  );
