import { EVERY_SETTING, type SettingFacts } from '../../main/daemon/config/setting-table.ts';
import { code, codes, fillIn, table } from './markdown.ts';

/** Every setting, as the code that reads it has it. */
export const configurationPage = (intro: string): string =>
  fillIn(intro, { settings: table(TITLES, EVERY_SETTING.map(describe)) });

const TITLES = ['setting', 'variables and flag', 'default', 'allowed', 'what it does'] as const;

const describe = ([key, facts]: (typeof EVERY_SETTING)[number]): readonly string[] => [
  code(key),
  codes([...(facts.variables ?? []), ...(facts.flagKey === undefined ? [] : [facts.flagKey])]),
  fallbackOf(facts),
  allowed(facts),
  [
    facts.meaning,
    ...(facts.isOperatorOnly === true ? ['**Only the operator.**'] : []),
    ...(facts.file === undefined ? ['Not in the file.'] : []),
  ].join(' '),
];

function fallbackOf({ fallback }: SettingFacts<unknown>): string {
  if (fallback === '') return 'none';
  return code(typeof fallback === 'string' ? fallback : JSON.stringify(fallback));
}

/** What a bad value is told. */
function allowed({ parse }: SettingFacts<unknown>): string {
  const refused = parse(undefined);
  return refused.ok ? '' : refused.error.replace(/https?:\S+/, code);
}
