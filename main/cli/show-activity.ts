import { type ClientActivity, clientActivity } from '../../contract/client/client-activity.ts';
import type { ClientReply, Connection } from '../../contract/client/http-types.ts';
import { parseJson } from '../../contract/client/json-value.ts';
import { readFields } from '../../contract/client/read-fields.ts';
import type { StreamReply } from '../../contract/client/send-request.ts';
import { err, ok } from '../../contract/result.ts';
import { createActivityText } from './activity-text.ts';
import type { CliContext } from './cli-context.ts';
import { failureOf } from './cli-failure.ts';
import type { CommandOutcome } from './define-command.ts';
import { formatJsonLine } from './format-json.ts';
import { brokenOff } from './show-stream.ts';
import { resolveTarget } from './target.ts';

export interface ShownActivity {
  readonly isJson: boolean;
  readonly isLive: boolean;
  readonly open: (connection: Connection, signal: AbortSignal) => StreamReply;
}

/** What an agent does, to be read, or with `--json` one object a line. */
export async function showActivity(context: CliContext, shown: ShownActivity): CommandOutcome {
  const target = resolveTarget(context);
  if (!target.ok) return target;
  return context.interruptible(async (signal) => {
    const reply = await shown.open(target.value, signal);
    if (!reply.ok) return err(failureOf(reply.error, context.programName));
    if (reply.value.status === 204) {
      if (!shown.isJson) context.terminal.out('No agent has done anything here.\n');
      return ok(0);
    }
    try {
      await print(context, shown, reply.value);
      return ok(0);
    } catch (error) {
      return err(brokenOff(error, signal));
    }
  });
}

async function print({ terminal }: CliContext, { isJson, isLive }: ShownActivity, reply: ClientReply): Promise<void> {
  const text = createActivityText(terminal.outScreen, { isLive });
  for await (const line of linesOf(reply.body ?? [])) {
    const json = parseJson(line);
    if (!json.ok) continue; // half a line, of a daemon that was killed while it wrote it
    if (isJson) terminal.out(formatJsonLine(json.value));
    else await terminal.outBytes(Buffer.from(tell(text.tell, readFields(json.value, clientActivity))));
  }
  if (!isJson) terminal.out(text.end());
}

/** What is not understood is of a newer daemon. */
const tell = (
  say: (activity: ClientActivity) => string,
  activity: ReturnType<typeof readFields<ClientActivity>>,
): string => (activity.ok ? say(activity.value) : '');

export async function* linesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of chunks) {
    const lines = (held + decoder.decode(chunk, { stream: true })).split('\n');
    held = lines.pop() ?? '';
    yield* lines;
  }
  if (held !== '') yield held;
}
