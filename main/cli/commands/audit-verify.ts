import type { ClientAudit } from '../../../contract/client/client-checks.ts';
import { verifyAudit } from '../../../contract/client/record-routes.ts';
import { EXIT } from '../../../contract/errors.ts';
import { ok } from '../../../contract/result.ts';
import { defineCommand } from '../define-command.ts';
import { formatJson } from '../format-json.ts';
import { fetchDocument, readDocument } from '../show-document.ts';
import { oneLine } from '../terminal.ts';
import { whileWaiting } from '../while-waiting.ts';

/** Exits 2 when the record does not hold. */
export const command = defineCommand({
  usage: 'audit verify [--json]',
  words: { atLeast: 0, atMost: 0 },
  flags: {},
  run: async (context, { flags }) => {
    const asked = fetchDocument(context, verifyAudit);
    const document = await whileWaiting(context.terminal, 'Every event and artifact is checked', asked);
    if (!document.ok) return document;
    const audit = readDocument(context, document.value);
    if (!audit.ok) return audit;
    context.terminal.out(flags.json ? formatJson(document.value.json) : describe(audit.value));
    return ok(audit.value.isOk ? EXIT.ok : EXIT.failed);
  },
});

function describe({ isOk, events, artifacts, problems }: ClientAudit): string {
  const verdict = isOk ? 'The record holds' : `The record does NOT hold: ${problems.length} problems`;
  const found = problems.map(({ kind, subject, sentence }) => `  [${kind}] ${oneLine(subject)}: ${oneLine(sentence)}`);
  return `${[`${verdict} (${events} events, ${artifacts} artifacts).`, ...found].join('\n')}\n`;
}
