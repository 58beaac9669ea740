import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AgentInput, Conversation } from '../../main/daemon/adapters/executors/agent/agent.ts';
import { waitUntil } from './wait-until.ts';

const Message = z.record(z.string(), z.unknown());
type Message = z.infer<typeof Message>;
const Line = z.object({ from: z.enum(['agent', 'client']), message: Message });

const End = z.object({
  answer: z.enum(['allow', 'reject']),
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  isFileWritten: z.boolean(),
});

/** Both sides of a talk with a vendor's own program. */
export interface RecordedDialogue extends z.infer<typeof End> {
  readonly lines: readonly z.infer<typeof Line>[];
}

const FOLDER = join(import.meta.dirname, '../fixtures/agents');

export const dialogueNames = (transport: string): readonly string[] =>
  readdirSync(join(FOLDER, transport)).flatMap((file) => /^(.+)\.jsonl$/.exec(file)?.[1] ?? []);

export function dialogueNamed(transport: string, name: string): RecordedDialogue {
  const read = (file: string) => readFileSync(join(FOLDER, transport, file), 'utf8');
  const lines = read(`${name}.jsonl`).split('\n').slice(0, -1);
  return {
    lines: lines.map((line) => Line.parse(JSON.parse(line))),
    ...End.parse(JSON.parse(read(`${name}.end.json`))),
  };
}

/** What went over the wire, in both directions, as a program between the two would print it. */
export const dialogueLines = (transport: string): readonly string[] =>
  dialogueNames(transport).flatMap((name) =>
    dialogueNamed(transport, name).lines.map(({ message }) => JSON.stringify(message)),
  );

/**
 * Plays the agent's side to a conversation of ours: nothing is said before what came before it in the recording has been
 * written. Gives what the conversation wrote. Numbers of calls may differ from those in the recording.
 */
export async function replayDialogue({ lines }: RecordedDialogue, conversation: Conversation) {
  const written: Message[] = [];
  const numbers = new Map<unknown, unknown>();
  let isEnded = false;
  const input: AgentInput = {
    write: (text) => {
      for (const line of text.split('\n')) if (line !== '') written.push(Message.parse(JSON.parse(line)));
    },
    end: () => {
      isEnded = true;
    },
  };
  conversation.begin?.(input);
  const taken = new Set<Message>();
  for (const { from, message } of lines) {
    if (from === 'agent') {
      const id = 'method' in message ? message['id'] : (numbers.get(message['id']) ?? message['id']);
      conversation.onLine(JSON.stringify(id === undefined ? message : { ...message, id }));
      continue;
    }
    const wanted = purposeOf(message);
    if (STOPS.has(wanted)) conversation.interrupt?.();
    const ours = () => written.find((one) => !taken.has(one) && purposeOf(one) === wanted);
    await waitUntil(() => ours() !== undefined);
    const found = ours();
    if (found === undefined) continue;
    taken.add(found);
    if ('method' in message) numbers.set(message['id'], found['id']);
  }
  return { written, isEnded: () => isEnded };
}

const STOPS: ReadonlySet<string> = new Set(['call session/cancel', 'control_request interrupt']);

const Control = z.object({ subtype: z.string().optional(), request_id: z.string().optional() });

/** What a message of the client is for: a call by its method, an answer by whose question it answers. */
function purposeOf(message: Message): string {
  if (typeof message['method'] === 'string') return `call ${message['method']}`;
  if (message['type'] === 'control_request') return `control_request ${Control.parse(message['request']).subtype}`;
  if (message['type'] === 'control_response') return `answer ${Control.parse(message['response']).request_id}`;
  if (message['type'] !== undefined) return `message ${JSON.stringify(message['type'])}`;
  return `${'error' in message ? 'error' : 'answer'} ${JSON.stringify(message['id'])}`;
}
