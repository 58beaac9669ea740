import { EVERY_SETTING, type SettingFacts } from '../../main/daemon/config/setting-table.ts';
import { code, codes, fillIn, table } from './markdown.ts';

/** Every setting, as the code that reads it has it. */
export const configurationPage = (intro: string): string =>
  fillIn(intro, { settings: table(TITLES, EVERY_SETTING.map(describe)) });

const TITLES = ['key in the file', 'variables', 'flag', 'default', 'allowed', 'what it does', 'who sets it'] as const;

const describe = ([key, facts]: (typeof EVERY_SETTING)[number]): readonly string[] => [
  facts.file === undefined ? `– (${code(key)})` : code(key),
  codes(facts.variables ?? []),
  facts.flagKey === undefined ? '' : code(facts.flagKey),
  fallbackOf(facts),
  allowed(facts),
  facts.meaning,
  facts.isOperatorOnly === true ? 'only the operator' : 'the operator, or the repository by its `.env`',
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
