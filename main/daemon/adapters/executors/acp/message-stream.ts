import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import type { AgentInput } from '../agent/agent.ts';

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
  let controller: ReadableStreamDefaultController<AnyMessage> | null = null;
  const readable = new ReadableStream<AnyMessage>({
    start(given) {
      controller = given;
    },
  });
  const writable = new WritableStream<AnyMessage>({
    async write(message) {
      (await started).write(`${JSON.stringify(message)}\n`);
    },
  });
  return {
    stream: { readable, writable },
    take(line) {
      const message = parseMessage(line);
      if (message === null) return false;
      controller?.enqueue(message);
      return true;
    },
    begin,
  };
}

/** The connection itself checks what is in it. */
function parseMessage(line: string): AnyMessage | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : null;
  } catch {
    return null; // prose of the program: it stays in the log
  }
}

const isMessage = (value: unknown): value is AnyMessage =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0';
