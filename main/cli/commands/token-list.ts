import type { ClientToken } from '../../../contract/client/client-token.ts';
import { listTokens } from '../../../contract/client/token-routes.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { type Column, formatTable } from '../format-table.ts';
import { formatMinute } from '../format-time.ts';
import { askDaemon } from '../show-document.ts';
import { oneLine, type Screen } from '../terminal.ts';

export const command = defineCommand({
  usage: 'token list [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async (context, { flags }) => {
    const tokens = await askDaemon(context, listTokens);
    if (!tokens.ok) return tokens;
    const { terminal } = context;
    const views = tokens.value.map(({ view }) => view);
    terminal.out(flags.json ? formatJson(tokens.value.map(({ json }) => json)) : describe(views, terminal.outScreen));
    return ok(0);
  },
});

const COLUMNS: readonly Column[] = [
  { title: 'TOKEN', width: 18 },
  { title: 'FOR', width: 8 },
  { title: 'NAME', width: 20, whenNarrow: 'shorten' },
  { title: 'MADE', width: 16, whenNarrow: 'leave out' },
  { title: 'LAST USED', width: 16, whenNarrow: 'leave out' },
  { title: 'GOOD', width: 22 },
];

function describe(tokens: readonly ClientToken[], screen: Screen): string {
  if (tokens.length === 0) return 'Nobody was given a token: the one of this daemon lets in.\n';
  const rows = tokens.map((token) => [
    token.id,
    oneLine(token.kind),
    oneLine(token.name),
    formatMinute(token.createdAtMs),
    formatMinute(token.lastUsedAtMs),
    endOf(token),
  ]);
  return formatTable(screen, COLUMNS, rows);
}

function endOf({ revokedAtMs, expiresAtMs }: ClientToken): string {
  if (revokedAtMs !== null) return 'no: revoked';
  if (expiresAtMs === null) return 'until it is revoked';
  return expiresAtMs <= Date.now() ? 'no: expired' : `until ${formatMinute(expiresAtMs)}`;
}
