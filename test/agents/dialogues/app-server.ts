import { numberedCalls } from './calls.ts';
import { type Message, openDialogue } from './json-lines.ts';
import { type Part, type Played, whenThere } from './play.ts';

/** One turn with `codex app-server`. */
export async function playAppServer(part: Part): Promise<Played> {
  const turnEnded = Promise.withResolvers<null>();
  const dialogue = openDialogue(part, (message) => {
    if (calls.takes(message)) return;
    if (message.method === 'turn/completed') turnEnded.resolve(null);
    if (message.id !== undefined) dialogue.send({ id: message.id, result: { decision: decisionOf(part) } });
  });
  const calls = numberedCalls(() => dialogue);
  await calls.call('initialize', { clientInfo: { name: 'codencer', title: 'Codencer', version: '0' } });
  dialogue.send({ method: 'initialized' });
  const { thread } = await calls.call('thread/start', {
    cwd: part.cwd,
    approvalPolicy: 'on-request',
    sandbox: 'workspace-write',
  });
  const input = [{ type: 'text', text: part.prompt }];
  const { turn }: Message = await calls.call('turn/start', { threadId: thread.id, input });
  const over = new AbortController();
  const cancelling = whenThere(part.cancelAtFile, over.signal, () => {
    void calls.call('turn/interrupt', { threadId: thread.id, turnId: turn.id });
  });
  await turnEnded.promise;
  over.abort();
  await cancelling;
  return { end: await dialogue.end(), lines: dialogue.lines };
}

const decisionOf = ({ answer }: Part): string => (answer === 'allow' ? 'accept' : 'decline');
