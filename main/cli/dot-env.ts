import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The keys that the command line takes from `./.env`. Whatever else is in that file belongs to somebody else's program. */
const OWN_KEYS = ['ORCHESTRATORD_URL', 'HOST', 'PORT'] as const;

export type OwnKey = (typeof OWN_KEYS)[number];
export type OwnValues = Readonly<Partial<Record<OwnKey, string>>>;

/** Our own values of `<folder>/.env`; nothing when there is no such file. */
export function readDotEnv(folder: string): OwnValues {
  const path = join(folder, '.env');
  try {
    // Some programs put a pipe in its place: waiting for the writer would be a command that never ends.
    return statSync(path).isFile() ? parseDotEnv(readFileSync(path, 'utf8')) : {};
  } catch {
    return {}; // not there or not readable: the environment alone decides, as without the file
  }
}

/** `KEY=value` lines, optionally with `export` in front, quotes around the value and a comment after it. */
export function parseDotEnv(text: string): OwnValues {
  const values: Partial<Record<OwnKey, string>> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, rest] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*)$/.exec(line) ?? [];
    const key = OWN_KEYS.find((own) => own === name);
    if (key !== undefined && rest !== undefined) values[key] = unquote(rest);
  }
  return values;
}

function unquote(text: string): string {
  const quoted = /^(["'])(.*?)\1\s*(?:#.*)?$/.exec(text);
  return quoted?.[2] ?? text.replace(/\s+#.*$/, '').trim();
}
