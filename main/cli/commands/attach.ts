import { setTimeout as sleep } from 'node:timers/promises';
import { getAttempt } from '../../../contract/client/attempt-routes.ts';
import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { assertNever, err, ok, type Result } from '../../../contract/result.ts';
import { attach, resize } from '../attach/attach.ts';
import { DETACH_KEYS } from '../attach/detach-keys.ts';
import type { CliContext } from '../cli-context.ts';
import { type CliFailure, failureOf, usageFailure } from '../cli-failure.ts';
import { defineCommand } from '../define-command.ts';
import type { Keyboard } from '../keyboard.ts';
import { resolveTarget } from '../target.ts';
import { oneLine, type ScreenSize } from '../terminal.ts';

export const command = defineCommand({
  usage: 'attach <attemptID>',
  words: { atLeast: 1, atMost: 1 },
  flags: {},
  run: async (context, { words: [attemptId = ''], flags }) => {
    const own = ownTerminal(context, flags.json);
    if (!own.ok) return own;
    const target = resolveTarget(context);
    if (!target.ok) return target;
    const { terminal, programName } = context;
    const connection = target.value;
    const sized = await resize({ connection, attemptId, size: own.value.size });
    if (!sized.ok) return err(failureOf(sized.error, programName));
    terminal.err(`Attached to ${attemptId}. ${DETACH_KEYS} detaches; the program goes on.\n`);
    const end = await attach({ context, connection, attemptId, ...own.value });
    if (!end.ok) return end;
    switch (end.value) {
      case 'detached':
        terminal.err(`\nDetached; the program goes on. Again: ${programName} attach ${attemptId}\n`);
        return ok(0);
      case 'program ended':
        terminal.err(`\n${await describeProgramEnd(connection, attemptId)}\n`);
        return ok(0);
      case 'SIGTERM':
        return ok(143);
      case 'SIGHUP':
        return ok(129);
      default:
        return assertNever(end.value);
    }
  },
});

interface OwnTerminal {
  readonly keyboard: Keyboard;
  readonly size: () => ScreenSize;
}

function ownTerminal({ keyboard, terminal }: CliContext, isJson: boolean): Result<OwnTerminal, CliFailure> {
  const first = terminal.outScreen.size();
  if (keyboard === null || first === null || isJson) {
    return err(usageFailure('attach needs a terminal: the keyboard and the screen of whoever calls it'));
  }
  return ok({ keyboard, size: () => terminal.outScreen.size() ?? first });
}

/** So long an attempt may take to be concluded before it is told without that. */
const PATIENCE_MS = 5000;
const PAUSE_MS = 100;

async function describeProgramEnd(connection: Connection, attemptId: string): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const attempt = await getAttempt(connection, attemptId);
    const read = attempt.ok ? attempt.value.read() : attempt;
    if (!read.ok) return `The program of ${attemptId} has ended.`;
    if (read.value.endedAtMs !== null || performance.now() > deadline) return endOf(read.value);
    await sleep(PAUSE_MS);
  }
}

function endOf({ id, exitCode, signal, state, summary }: ClientAttempt): string {
  const how = signal !== '' ? `by ${signal}` : exitCode === null ? '' : `with exit status ${exitCode}`;
  const why = summary === '' ? '' : `: ${summary}`;
  return oneLine(`The program has ended ${how}; attempt ${id} is ${state}${why}`);
}
