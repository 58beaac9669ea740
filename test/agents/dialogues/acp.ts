import { CallError, numberedCalls } from './calls.ts';
import { type Message, openDialogue } from './json-lines.ts';
import { type Part, type Played, whenThere } from './play.ts';

const METHOD_NOT_FOUND = -32601;
const JSON_RPC = { jsonrpc: '2.0' };

/** One prompt over the Agent Client Protocol, version 1, as a client without files and terminals of its own. */
export async function playAcp(part: Part & { readonly mode: string | null }): Promise<Played> {
  const dialogue = openDialogue(part, (message) => {
    if (calls.takes(message) || message.method === undefined || message.id === undefined) return;
    dialogue.send({ ...JSON_RPC, id: message.id, ...replyTo(message, part) });
  });
  const calls = numberedCalls(() => dialogue, JSON_RPC);
  const clientCapabilities = { fs: { readTextFile: false, writeTextFile: false }, terminal: false };
  const clientInfo = { name: 'codencer', title: 'Codencer', version: '0' };
  await calls.call('initialize', { protocolVersion: 1, clientCapabilities, clientInfo });
  const { sessionId } = await calls.call('session/new', { cwd: part.cwd, mcpServers: [] });
  if (part.mode !== null) await calls.call('session/set_mode', { sessionId, modeId: part.mode });
  const over = new AbortController();
  const cancelling = whenThere(part.cancelAtFile, over.signal, () =>
    dialogue.send({ ...JSON_RPC, method: 'session/cancel', params: { sessionId } }),
  );
  const prompt = [{ type: 'text', text: part.prompt }];
  await calls.call('session/prompt', { sessionId, prompt }).catch(expectCallError);
  over.abort();
  await cancelling;
  return { end: await dialogue.end(), lines: dialogue.lines };
}

/** What the agent asks of us: permission, or something that we do not offer. */
function replyTo({ method, params }: Message, { answer }: Part): object {
  if (method !== 'session/request_permission') {
    return { error: { code: METHOD_NOT_FOUND, message: `there is no ${method} here` } };
  }
  const kind = answer === 'allow' ? 'allow_once' : 'reject_once';
  const option: Message = params.options.find((one: Message) => one.kind === kind);
  return { result: { outcome: { outcome: 'selected', optionId: option.optionId } } };
}

/** A refused prompt is a recording like any other. */
function expectCallError(error: unknown): void {
  if (!(error instanceof CallError)) throw error;
}
