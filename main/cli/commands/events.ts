import type { ClientEvent } from '../../../contract/client/client-event.ts';
import { cursorBefore, readEventPages } from '../../../contract/client/event-pages.ts';
import type { EventFilter } from '../../../contract/client/event-routes.ts';
import type { Item } from '../../../contract/client/request-list.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, EXIT_INTERRUPTED, failureOf, usageFailure } from '../cli-failure.ts';
import { type CommandOutcome, defineCommand } from '../define-command.ts';
import { eventLine } from '../describe-event.ts';
import { followEvents } from '../follow-events.ts';
import { formatJsonLine } from '../format-json.ts';
import { askDaemon, refusalOf } from '../show-document.ts';
import { resolveTarget } from '../target.ts';
import { parentOf } from '../unknown-parent.ts';

const USAGE = `events [--run id] [--step id] [--last n | --after seq] [--follow] [--json]
Begins with the last 20, with the last n, or after a sequence number; --after 0 is everything.
With --follow it goes on until Ctrl-C, across restarts of the daemon. --json is one object a line.`;

export const command = defineCommand({
  usage: USAGE,
  words: { atLeast: 0, atMost: 0 },
  printsLines: true,
  flags: { run: 'text', step: 'text', last: 'text', after: 'text', follow: 'switch' },
  run: (context, { flags }) =>
    context.interruptible(async (signal) => {
      const start = readStart(flags);
      if (!start.ok) return start;
      const filter = { runId: flags.run, stepId: flags.step };
      const after = await findStart(context, filter, start.value);
      if (!after.ok) return after;
      const reading = { ...filter, after: after.value, signal, isJson: flags.json };
      const seen = await printPast(context, reading);
      if (!seen.ok) return seen;
      const { parent } = parentOf(flags);
      const refused = seen.value === after.value && parent !== undefined ? await refusalOf(context, parent) : null;
      if (refused !== null) return err(refused);
      if (!flags.follow) return ok(0);
      return printComing(context, { ...reading, after: seen.value });
    }),
});

/** How many of the newest, or what was seen already. */
type Start = { readonly kind: 'last' | 'after'; readonly value: number };

interface StartFlags {
  readonly last: string | undefined;
  readonly after: string | undefined;
}

const DEFAULT_LAST = 20;

function readStart({ last, after }: StartFlags): Result<Start, CliFailure> {
  if (last !== undefined && after !== undefined) return err(usageFailure('--last and --after exclude each other'));
  const kind = after === undefined ? 'last' : 'after';
  const text = after ?? last ?? String(DEFAULT_LAST);
  if (/^\d{1,15}$/.test(text)) return ok({ kind, value: Number(text) });
  return err(usageFailure(`--${kind} expects a whole number, not ${JSON.stringify(text)}`));
}

async function findStart(
  context: CliContext,
  filter: EventFilter,
  { kind, value }: Start,
): Promise<Result<number, CliFailure>> {
  if (kind === 'after') return ok(value);
  return askDaemon(context, (connection) => cursorBefore(connection, { ...filter, count: value }));
}

interface Reading extends EventFilter {
  readonly after: number;
  readonly signal: AbortSignal;
  readonly isJson: boolean;
}

/** What is in the log by now. Gives the cursor behind it. */
async function printPast(context: CliContext, { isJson, ...reading }: Reading): Promise<Result<number, CliFailure>> {
  const target = resolveTarget(context);
  if (!target.ok) return target;
  let cursor = reading.after;
  for await (const page of readEventPages(target.value, reading)) {
    if (!page.ok) return err(failureOf(page.error, context.programName));
    for (const event of page.value) print(context, event, isJson);
    cursor = page.value.at(-1)?.view.seq ?? cursor;
  }
  return ok(cursor);
}

/** What comes, until Ctrl-C, which is how it is meant to end: nothing more is said then. */
async function printComing(context: CliContext, { isJson, ...reading }: Reading): CommandOutcome {
  for await (const event of followEvents(context, reading)) {
    if (!event.ok) return event;
    print(context, event.value, isJson);
  }
  return ok(EXIT_INTERRUPTED);
}

function print({ terminal }: CliContext, { json, view }: Item<ClientEvent>, isJson: boolean): void {
  terminal.out(isJson ? formatJsonLine(json) : `${eventLine(view, terminal.outScreen)}\n`);
}
