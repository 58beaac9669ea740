import type { AgentInput, AgentListener, Conversation } from '../agent/agent.ts';
import { answerTo, permissionOf, questionsIn, refuseToBeAsked } from './ask-for-tool.ts';
import type { Dialect } from './dialect.ts';
import { createMessageReader } from './read-message.ts';
import { type ControlRequest, parseMessages, type StreamMessage } from './stream-message.ts';

export interface Talk {
  readonly listener: AgentListener;
  readonly worktreePath: string;
  readonly prompt: string;
  readonly dialect: Dialect;
}

/** After so many refusals of who asks, nobody lets it in the next time; the program itself would go on for minutes. */
const MAX_AUTH_RETRIES = 2;

/** The two-way talk of `--input-format stream-json`: the prompt goes in as a message, questions come out and are answered. */
export function converse({ listener, worktreePath, prompt, dialect }: Talk): Conversation {
  const rejected = new Set<string>();
  const read = createMessageReader({ ...dialect, isRejected: (callId) => rejected.has(callId) });
  const readLog = dialect.createLogReader?.() ?? (() => []);
  const open = new Map<string, AbortController>();
  let input: AgentInput | null = null;
  let authRetries = 0;

  const send = (message: object) => input?.write(`${JSON.stringify(message)}\n`);
  const ask = (request: ControlRequest) => {
    const takenBack = new AbortController();
    open.set(request.request_id, takenBack);
    void listener.askPermission(permissionOf(request, worktreePath), takenBack.signal).then((answer) => {
      const callId = request.request.tool_use_id;
      if (answer.answer === 'reject' && callId != null) rejected.add(callId);
      if (!takenBack.signal.aborted) send(answerTo(request, answer));
      open.delete(request.request_id);
    });
  };
  const answerControl = (request: ControlRequest) => {
    if (request.request.subtype !== 'can_use_tool') {
      const error = `unknown request ${request.request.subtype}`;
      send({ type: 'control_response', response: { subtype: 'error', request_id: request.request_id, error } });
    } else if (request.request.tool_name === dialect.questionTool) {
      for (const text of questionsIn(request)) listener.signal({ of: 'question', text });
      send(refuseToBeAsked(request));
    } else ask(request);
  };
  const take = (message: StreamMessage) => {
    for (const signal of read(message)) {
      listener.signal(signal);
      if (signal.of === 'error' && signal.kind === 'auth') authRetries += 1;
    }
    if (message.type === 'control_request') answerControl(message);
    if (message.type === 'control_cancel_request') open.get(message.request_id)?.abort();
    if (message.type === 'result' || authRetries > MAX_AUTH_RETRIES) listener.finish();
  };
  return {
    begin(given) {
      input = given;
      if (dialect.greeting !== null) send(dialect.greeting);
      send({ type: 'user', message: { role: 'user', content: [{ type: 'text', text: prompt }] } });
    },
    onLine(line) {
      for (const signal of readLog(line)) listener.signal(signal);
      for (const message of parseMessages(line)) take(message);
    },
    interrupt: () => send({ type: 'control_request', request_id: 'stop', request: { subtype: 'interrupt' } }),
  };
}
