import type { Writable } from 'node:stream';
import type { AgentInput } from './agent.ts';

/** Writing to a program that has gone away is no error of its own: its end tells what happened. */
export function createInput(stdin: Writable | null): AgentInput {
  stdin?.on('error', () => undefined);
  return {
    write: (text) => void (stdin?.writable === true && stdin.write(text)),
    end: () => void stdin?.end(),
  };
}
