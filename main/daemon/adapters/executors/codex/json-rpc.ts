import { z } from 'zod';
import type { AgentInput } from '../agent/agent.ts';
import { parseLine } from '../agent/parse-line.ts';

export const RequestId = z.union([z.number(), z.string()]);
export type RequestId = z.infer<typeof RequestId>;

const Message = z.object({
  id: RequestId.optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

export interface RpcListener {
  /** The whole message: whoever knows its method knows its shape. */
  readonly onRequest: (id: RequestId, line: string) => void;
  readonly onNotification: (line: string) => void;
  /** A request of ours was refused. */
  readonly onRefusal: (sentence: string) => void;
}

/** JSON-RPC as the app-server speaks it: without a version, a message a line. */
export interface Rpc {
  readonly open: (input: Pick<AgentInput, 'write'>) => void;
  readonly request: (method: string, params: object, onResult: (result: unknown) => void) => void;
  readonly notify: (method: string) => void;
  readonly answer: (id: RequestId, result: object) => void;
  readonly refuse: (id: RequestId) => void;
  readonly receive: (line: string) => void;
}

const METHOD_NOT_FOUND = { code: -32_601, message: 'Codencer does not know this method' };

export function createRpc({ onRequest, onNotification, onRefusal }: RpcListener): Rpc {
  const waiting = new Map<RequestId, (result: unknown) => void>();
  let write: (text: string) => void = () => undefined;
  let lastId = 0;
  const send = (message: object) => write(`${JSON.stringify(message)}\n`);

  const receiveAnswer = (id: RequestId, { result, error }: z.infer<typeof Message>) => {
    const onResult = waiting.get(id);
    waiting.delete(id);
    if (onResult === undefined) return;
    if (error === undefined) onResult(result);
    else onRefusal(error.message);
  };
  return {
    open: (input) => {
      write = input.write;
    },
    request(method, params, onResult) {
      lastId += 1;
      waiting.set(lastId, onResult);
      send({ id: lastId, method, params });
    },
    notify: (method) => send({ method }),
    answer: (id, result) => send({ id, result }),
    refuse: (id) => send({ id, error: METHOD_NOT_FOUND }),
    receive(line) {
      const message = parseLine(Message, line);
      if (message === null) return;
      const { id, method } = message;
      if (id === undefined) onNotification(line);
      else if (method === undefined) receiveAnswer(id, message);
      else onRequest(id, line);
    },
  };
}
