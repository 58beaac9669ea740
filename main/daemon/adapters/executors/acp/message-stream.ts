import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import type { AgentInput } from '../agent/agent.ts';
import { readJson } from '../agent/parse-line.ts';

/** A connection of the SDK over lines that somebody else reads and writes. */
export interface MessageStream {
  readonly stream: Stream;
  /** A line of the agent. False: it is no message. */
  readonly take: (line: string) => boolean;
  readonly begin: (input: AgentInput) => void;
}

/** What is written before the program runs waits for it. */
export function createMessageStream(): MessageStream {
  const { promise: started, resolve: begin } = Promise.withResolvers<AgentInput>();
  const calls = new Set<unknown>();
  let controller: ReadableStreamDefaultController<AnyMessage> | null = null;
  const readable = new ReadableStream<AnyMessage>({
    start(given) {
      controller = given;
    },
  });
  const writable = new WritableStream<AnyMessage>({
    async write(message) {
      if ('method' in message && 'id' in message) calls.add(message.id);
      (await started).write(`${JSON.stringify(message)}\n`);
    },
  });
  return {
    stream: { readable, writable },
    take(line) {
      const message = readJson(line);
      // The SDK writes to the daemon's own stderr about what it does not expect.
      if (!isMessage(message) || !isExpected(message, calls)) return false;
      controller?.enqueue(message);
      return true;
    },
    begin,
  };
}

/** Whether it is a call, or answers one of ours for the first time. */
const isExpected = (message: AnyMessage, calls: Set<unknown>): boolean =>
  'method' in message || ('id' in message && calls.delete(message.id));

/** The connection itself checks what else is in it. */
const isMessage = (value: unknown): value is AnyMessage =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0';
