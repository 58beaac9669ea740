import type { ToolCallUpdate } from '@agentclientprotocol/sdk';
import { z } from 'zod';
import { errorKindOfText, errorText } from '../acp/error-kind.ts';
import { createUpdateReader, toolActivityOf } from '../acp/read-update.ts';
import { createUsageMeter } from '../acp/turn-usage.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { parseLine } from '../agent/parse-line.ts';
import { CheckedCall, CheckedUpdate } from './talk-shape.ts';

/**
 * acpx 0.19 writes the whole talk between itself and its agent as it was: requests, answers and notifications of both
 * sides. Whose an answer is shows only in what is in it.
 */
const Message = z.union([
  z.object({
    method: z.literal('session/update'),
    params: z.object({ update: CheckedUpdate }),
  }),
  z.object({
    method: z.literal('session/request_permission'),
    params: z.object({ toolCall: CheckedCall }),
  }),
  z.object({ result: z.object({ sessionId: z.string() }) }),
  z.object({ result: z.object({ stopReason: z.string() }) }),
  z.object({ result: z.object({ outcome: z.object({ outcome: z.string(), optionId: z.string().nullish() }) }) }),
  z.object({ error: z.object({ code: z.number().nullish(), message: z.string(), data: z.unknown().optional() }) }),
]);
type Message = z.infer<typeof Message>;

/** Reads one run. */
export function createMessageReader(): (line: string) => readonly AgentSignal[] {
  const updates = createUpdateReader();
  const meter = createUsageMeter();
  let asked: ToolCallUpdate | null = null;
  return (line) => {
    meter.take(line);
    const message = parseLine(Message, line);
    if (message === null) return [];
    if ('error' in message) return readError(message.error);
    if ('method' in message) {
      if (message.method === 'session/update') return updates.read(message.params.update);
      asked = message.params.toolCall;
      return updates.ask(asked);
    }
    const { result } = message;
    if ('sessionId' in result) return [doing({ kind: 'session', session: result.sessionId })];
    if ('stopReason' in result) {
      const usage = meter.usage();
      return [
        ...updates.end(),
        ...(usage === null ? [] : [doing({ kind: 'usage', usage })]),
        { of: 'terminal', word: result.stopReason },
      ];
    }
    const isAllowed =
      result.outcome.outcome === 'selected' && !/reject|cancel|deny/.test(result.outcome.optionId ?? '');
    if (isAllowed || asked === null) return [];
    const told = toolActivityOf(asked);
    updates.reject(told.callId);
    return [doing({ ...told, status: 'denied' }), { of: 'denial', text: `${asked.title ?? 'a tool'} was not allowed` }];
  };
}

/** A call that an agent makes and acpx does not know is no failure of the turn. */
const METHOD_NOT_FOUND = -32601;
const RESOURCE_NOT_FOUND = -32002;

function readError({ code, message, data }: Extract<Message, { error: unknown }>['error']): readonly AgentSignal[] {
  if (code === METHOD_NOT_FOUND || code === RESOURCE_NOT_FOUND) return [];
  const kind = errorKindOfText(`${code} ${message} ${JSON.stringify(data) ?? ''}`);
  return [{ of: 'error', kind, text: errorText(message, data) }];
}
