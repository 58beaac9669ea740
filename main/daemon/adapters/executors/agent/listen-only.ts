import type { AgentListener, AgentSignal, Conversation } from './agent.ts';

/** A talk in which only the program speaks. */
export const listenOnly = (read: (line: string) => readonly AgentSignal[], listener: AgentListener): Conversation => ({
  onLine(line) {
    for (const signal of read(line)) listener.signal(signal);
  },
});
