import { z } from 'zod';
import type { AgentListener, Conversation } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { parseLine } from '../agent/parse-line.ts';
import { ApprovalRequest, answerApproval, describeApproval } from './approval.ts';
import { classifyError } from './classify-error.ts';
import { createRpc, type RequestId, type Rpc } from './json-rpc.ts';
import { readComplaint } from './read-complaint.ts';
import { createTurn, type Turn } from './turn.ts';

export interface Talk {
  readonly listener: AgentListener;
  readonly worktreePath: string;
  /** To be gone on with, or null for a new one. */
  readonly thread: string | null;
  readonly prompt: string;
  /** Of the thread: where it works, how far its sandbox reaches, who is asked. */
  readonly settings: Readonly<Record<string, string>>;
}

/** One turn over the app-server: hello, a thread, the prompt, answers to what is asked, the end of the turn. */
export function converse(talk: Talk): Conversation {
  const { listener } = talk;
  const turn = createTurn(listener, talk.worktreePath);
  const rpc: Rpc = createRpc({
    onRequest: (id, line) => answerRequest({ talk, turn, rpc }, id, line),
    onNotification: turn.hear,
    onRefusal: (sentence) => {
      if (turn.isOver()) return;
      listener.signal({ of: 'error', kind: classifyError({ message: sentence }), text: sentence });
      listener.signal({ of: 'terminal', word: 'failed' });
      listener.finish();
    },
  });
  return {
    begin(input) {
      rpc.open(input);
      greet(rpc, () => openThread(rpc, { talk, turn }, (thread) => beginTurn(rpc, { talk, turn, thread })));
    },
    onLine: rpc.receive,
    onErrorLine: (line) => readComplaint(line).forEach(listener.signal),
    interrupt() {
      const ids = turn.ids();
      if (ids === null) listener.finish();
      else rpc.request('turn/interrupt', ids, () => undefined);
    },
  };
}

function greet(rpc: Rpc, next: () => void): void {
  const clientInfo = { name: 'codencer', title: 'Codencer', version: '1' };
  rpc.request('initialize', { clientInfo }, () => {
    rpc.notify('initialized');
    next();
  });
}

const Opened = z.object({ thread: z.object({ id: z.string() }), model: z.string().nullish() });

function openThread(rpc: Rpc, { talk, turn }: Omit<Beginning, 'thread'>, next: (thread: string) => void): void {
  const { thread, settings, listener } = talk;
  const method = thread === null ? 'thread/start' : 'thread/resume';
  const params = thread === null ? settings : { threadId: thread, excludeTurns: true, ...settings };
  rpc.request(method, params, (result) => {
    const opened = Opened.parse(result);
    const model = opened.model == null ? {} : { model: opened.model };
    turn.enter(opened.thread.id);
    listener.signal(doing({ kind: 'session', session: opened.thread.id, ...model }));
    next(opened.thread.id);
  });
}

const Begun = z.object({ turn: z.object({ id: z.string() }) });

interface Beginning {
  readonly talk: Talk;
  readonly turn: Turn;
  readonly thread: string;
}

function beginTurn(rpc: Rpc, { talk, turn, thread }: Beginning): void {
  const input = [{ type: 'text', text: talk.prompt }];
  rpc.request('turn/start', { threadId: thread, input }, (result) => turn.begin(Begun.parse(result).turn.id));
}

interface Asked {
  readonly talk: Talk;
  readonly turn: Turn;
  readonly rpc: Rpc;
}

/** Whatever can be allowed goes to whoever may allow it; what only a person at a keyboard could give is not there. */
function answerRequest({ talk, turn, rpc }: Asked, id: RequestId, line: string): void {
  const approval = parseLine(ApprovalRequest, line);
  if (approval === null) {
    answerOther({ talk, rpc }, id, line);
    return;
  }
  const around = { worktreePath: talk.worktreePath, changes: turn.changesOf(approval.params.itemId) };
  const question = turn.openQuestion(id);
  void talk.listener.askPermission(describeApproval(approval, around), question.signal).then((answer) => {
    if (!question.signal.aborted) rpc.answer(id, answerApproval(approval, answer));
  });
}

const Other = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('item/tool/requestUserInput'),
    params: z.object({ questions: z.array(z.object({ question: z.string() })) }),
  }),
  z.object({ method: z.literal('mcpServer/elicitation/request') }),
]);

function answerOther({ talk, rpc }: Pick<Asked, 'talk' | 'rpc'>, id: RequestId, line: string): void {
  const other = parseLine(Other, line);
  if (other === null) {
    rpc.refuse(id);
  } else if (other.method === 'mcpServer/elicitation/request') {
    rpc.answer(id, { action: 'decline', content: null, _meta: null });
  } else {
    for (const { question } of other.params.questions) talk.listener.signal({ of: 'question', text: question });
    rpc.answer(id, { answers: {} });
  }
}
