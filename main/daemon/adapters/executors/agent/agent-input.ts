import type { Writable } from 'node:stream';
import type { AgentInput } from './agent.ts';

/** So much may wait for a program that does not read, beside what is being written: it holds our memory. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/**
 * Writing to a program that has gone away is no error of its own: its end tells what happened. `onUnread`: too much waits
 * already, and nothing more is written.
 */
export function createInput(stdin: Writable | null, onUnread: () => void): AgentInput {
  stdin?.on('error', () => undefined);
  return {
    write(text) {
      if (stdin?.writable !== true) return;
      if (stdin.writableLength > MAX_UNREAD_BYTES) onUnread();
      else stdin.write(text);
    },
    end: () => void stdin?.end(),
  };
}
