import { randomUUID } from 'node:crypto';
import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { openTerminal, resizeTerminal, typeIntoTerminal } from '../../../contract/client/terminal-routes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf } from '../cli-failure.ts';
import type { Keyboard } from '../keyboard.ts';
import { oneLine, type ScreenSize } from '../terminal.ts';
import { createKeyReader } from './detach-keys.ts';
import { lastScreen } from './last-screen.ts';
import { createScreenModes } from './screen-modes.ts';
import { createTypingQueue } from './typing-queue.ts';

export type AttachmentEnd = 'detached' | 'program ended' | 'SIGTERM' | 'SIGHUP';

export interface Attachment {
  readonly context: CliContext;
  readonly connection: Connection;
  readonly attemptId: string;
  readonly keyboard: Keyboard;
  readonly size: () => ScreenSize;
}

/** Enough for what a screen shows, colours and all. */
const RECENT_BYTES = 64 * 1024;

/** This terminal is that of the attempt, until its program ends or somebody lets go. Leaves the terminal as it was. */
export async function attach(attachment: Attachment): Promise<Result<AttachmentEnd, CliFailure>> {
  const { context, keyboard } = attachment;
  const modes = createScreenModes();
  const letGo = new AbortController();
  const { promise: left, resolve: leave } = Promise.withResolvers<Result<AttachmentEnd, CliFailure>>();
  const readKeys = createKeyReader();
  const type = typingInto(attachment, (failure) => leave(err(failureOf(failure, context.programName))));
  const keys = keyboard({
    onKeys(bytes) {
      const { typed, isDetached } = readKeys(bytes);
      if (typed.length > 0) type(typed);
      if (isDetached) leave(ok('detached'));
    },
    onResize: () => void resize(attachment), // the program goes on in the size that it has
    onSignal: (signal) => leave(ok(signal)),
  });
  const show = async (bytes: Uint8Array) => {
    modes.see(bytes);
    await context.terminal.outBytes(bytes);
  };
  try {
    return await Promise.race([left, showUntilEnd(attachment, show, letGo.signal)]);
  } finally {
    letGo.abort();
    context.terminal.out(modes.undo());
    keys.close();
  }
}

export const resize = ({ connection, attemptId, size }: Pick<Attachment, 'connection' | 'attemptId' | 'size'>) =>
  resizeTerminal(connection, attemptId, size());

/** What cannot be typed is told in a line; only a daemon that is away ends it all. */
function typingInto(
  { context, connection, attemptId }: Attachment,
  onAway: (failure: ClientFailure) => void,
): (bytes: Uint8Array) => void {
  const attachment = randomUUID();
  return createTypingQueue(
    (bytes) => typeIntoTerminal(connection, attemptId, { bytes, attachment }),
    (failure) => {
      if (failure.kind === 'refused') context.terminal.err(`\r\n[${oneLine(failure.message)}]\r\n`);
      else onAway(failure);
    },
  );
}

type Show = (bytes: Uint8Array) => Promise<void>;

async function showUntilEnd(
  attachment: Attachment,
  show: Show,
  signal: AbortSignal,
): Promise<Result<AttachmentEnd, CliFailure>> {
  const { context, connection, attemptId } = attachment;
  const offset = await showRecent(attachment, show, signal);
  if (!offset.ok) return offset;
  const reply = await openTerminal(connection, attemptId, { isFollowing: true, offset: offset.value, signal });
  if (!reply.ok) return err(failureOf(reply.error, context.programName));
  try {
    for await (const chunk of reply.value.body ?? []) {
      if (signal.aborted) break;
      await show(chunk);
    }
    return ok('program ended');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `the daemon went away while the terminal was shown (${why})`;
    return err({ error: 'connecting to orchestratord', message, exit: 5 });
  }
}

/** Answers with the byte from which on it goes on. */
async function showRecent(
  { context, connection, attemptId, size }: Attachment,
  show: Show,
  signal: AbortSignal,
): Promise<Result<number, CliFailure>> {
  const measured = await openTerminal(connection, attemptId, { limitBytes: 0, signal });
  if (!measured.ok) return err(failureOf(measured.error, context.programName));
  await measured.value.text();
  const total = Number(measured.value.headers.get('x-codencer-log-bytes') ?? 0);
  const offset = Math.max(0, total - RECENT_BYTES);
  const recent = await openTerminal(connection, attemptId, { offset, limitBytes: total - offset, signal });
  if (!recent.ok) return err(failureOf(recent.error, context.programName));
  const chunks: Uint8Array[] = [];
  for await (const chunk of recent.value.body ?? []) chunks.push(chunk);
  await show(lastScreen(Buffer.concat(chunks), size().rows));
  return ok(total);
}
