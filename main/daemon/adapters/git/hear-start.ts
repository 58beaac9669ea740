import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';

/**
 * Node tells of every process that it makes. With no file descriptor left it makes one without streams, over which
 * simple-git stumbles before it listens: its error would end the daemon, and what simple-git says instead is no reason.
 */
export function hearStart(args: readonly string[]) {
  let refusal: Error | null = null;
  const hear = (message: unknown): void => {
    if (!isNewProcess(message)) return;
    // As many listeners as commands are under way at the same time.
    message.process.setMaxListeners(0).on('error', (error) => {
      if (isStartOf(error, args)) refusal = error;
    });
  };
  subscribe(NEW_PROCESS, hear);
  return {
    /** The error comes a turn after the attempt. */
    async refusal(isExpected: boolean): Promise<Error | null> {
      if (isExpected) await setImmediate();
      unsubscribe(NEW_PROCESS, hear);
      return refusal;
    },
  };
}

const NEW_PROCESS = 'child_process';

const isNewProcess = (message: unknown): message is { readonly process: ChildProcess } =>
  typeof message === 'object' && message !== null && 'process' in message && message.process instanceof ChildProcess;

/** Whether the error is about the start of a program with these last arguments. */
const isStartOf = (error: Error, args: readonly string[]): boolean =>
  'spawnargs' in error &&
  Array.isArray(error.spawnargs) &&
  JSON.stringify(error.spawnargs.slice(-args.length)) === JSON.stringify(args);
