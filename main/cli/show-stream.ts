import type { ClientReply, Connection } from '../../contract/client/http-types.ts';
import type { JsonObject } from '../../contract/client/json-value.ts';
import type { StreamReply } from '../../contract/client/send-request.ts';
import { EXIT } from '../../contract/errors.ts';
import { err, ok } from '../../contract/result.ts';
import type { CliContext } from './cli-context.ts';
import { type CliFailure, EXIT_INTERRUPTED, failureOf } from './cli-failure.ts';
import type { CommandOutcome } from './define-command.ts';
import { formatJson } from './format-json.ts';
import { showBytes } from './show-bytes.ts';
import { resolveTarget } from './target.ts';

export interface StreamOptions {
  readonly isJson: boolean;
  /** What it is of, as the document says it: `{ step_id: 's1' }`. */
  readonly subject: JsonObject;
  /** Said on stdout when there is nothing. */
  readonly absent: string;
  readonly open: (connection: Connection, signal: AbortSignal) => StreamReply;
}

/** Raw bytes on stdout as they come, or, with `--json`, all of them in one document. */
export async function showStream(context: CliContext, options: StreamOptions): CommandOutcome {
  const target = resolveTarget(context);
  if (!target.ok) return target;
  return context.interruptible(async (signal) => {
    const reply = await options.open(target.value, signal);
    if (!reply.ok) return err(failureOf(reply.error, context.programName));
    try {
      return options.isJson
        ? await printDocument(context, options, reply.value)
        : await copy(context, options, reply.value);
    } catch (error) {
      return err(brokenOff(error, signal));
    }
  });
}

async function copy(
  { terminal }: CliContext,
  { absent }: StreamOptions,
  { status, body }: ClientReply,
): CommandOutcome {
  if (status === 204) terminal.out(`${absent}\n`);
  else await showBytes(terminal, body ?? []);
  return ok(0);
}

/** Half of what a JavaScript string can hold: beyond it the document could not be made. */
const MAX_DOCUMENT_BYTES = 200_000_000;

async function printDocument({ terminal }: CliContext, { subject }: StreamOptions, reply: ClientReply): CommandOutcome {
  const isAvailable = reply.status !== 204;
  const decoder = new TextDecoder();
  let content = '';
  for await (const chunk of isAvailable ? (reply.body ?? []) : []) {
    content += decoder.decode(chunk, { stream: true });
    if (content.length > MAX_DOCUMENT_BYTES) return err(tooLarge());
  }
  content += decoder.decode();
  terminal.out(formatJson({ ...subject, available: isAvailable, content_type: 'text/plain', content }));
  return ok(0);
}

const tooLarge = (): CliFailure => ({
  error: 'parsing response',
  message: 'the content is too large for one JSON document; without --json it is streamed',
  exit: EXIT.infrastructure,
});

/** Why a content was not read to its end. */
export function brokenOff(error: unknown, signal: AbortSignal): CliFailure {
  if (signal.aborted) {
    const message = 'Stopped reading before the end; what runs goes on.';
    return { error: 'interrupted', message, exit: EXIT_INTERRUPTED };
  }
  const why = error instanceof Error ? error.message : String(error);
  const message = `the connection broke before the end (${why}); what came is not all of it`;
  return { error: 'connecting to orchestratord', message, exit: EXIT.infrastructure };
}
