import { words } from '../words.ts';
import { type Message, openDialogue } from './json-lines.ts';
import { type Part, type Played, whenThere } from './play.ts';

/** One turn with `claude -p --input-format stream-json --permission-prompt-tool stdio`. */
export async function playClaude(part: Part): Promise<Played> {
  const turnEnded = Promise.withResolvers<null>();
  const dialogue = openDialogue(part, (message) => {
    if (message.type === 'result') turnEnded.resolve(null);
    if (message.type !== 'control_request' || message.request.subtype !== 'can_use_tool') return;
    const response = { subtype: 'success', request_id: message.request_id, response: verdict(part, message) };
    dialogue.send({ type: 'control_response', response });
  });
  const content = [{ type: 'text', text: part.prompt }];
  dialogue.send({ type: 'user', message: { role: 'user', content } });
  const over = new AbortController();
  const cancelling = whenThere(part.cancelAtFile, over.signal, () =>
    dialogue.send({ type: 'control_request', request_id: 'interrupt-1', request: { subtype: 'interrupt' } }),
  );
  await turnEnded.promise;
  over.abort();
  await cancelling;
  return { end: await dialogue.end(), lines: dialogue.lines };
}

const verdict = ({ answer }: Part, { request }: Message) =>
  answer === 'allow'
    ? { behavior: 'allow', updatedInput: request.input }
    : { behavior: 'deny', message: 'A person said no.' };

export const CLAUDE_STDIO: readonly string[] = [
  ...words('-p --input-format stream-json --output-format stream-json --verbose --include-partial-messages'),
  ...words('--permission-prompt-tool stdio --permission-mode default --model claude-scripted-model'),
  ...words('--strict-mcp-config --setting-sources'),
  '',
];
