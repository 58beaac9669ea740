import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Activity } from '../../../../../../contract/activity.ts';
import { converse as converseByAcp } from '../../../../../../main/daemon/adapters/executors/acp/converse.ts';
import type { AgentListener, Conversation } from '../../../../../../main/daemon/adapters/executors/agent/agent.ts';
import { converse as converseByClaude } from '../../../../../../main/daemon/adapters/executors/claude/converse.ts';
import { dialogueNamed, dialogueNames } from '../../../../../support/agent-dialogues.ts';
import { ANSWERS, hearWith } from '../../../../../support/converse-with.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

const agentLines = (transport: string) =>
  dialogueNames(transport).flatMap((name) =>
    dialogueNamed(transport, name).lines.flatMap(({ from, message }) =>
      from === 'agent' ? [JSON.stringify(message)] : [],
    ),
  );

const turn = { worktreePath: '/w', prompt: 'Do it' };
const dialect = { greeting: null, questionTool: 'AskUserQuestion', cachedTokens: 'beside' } as const;

interface Talk {
  readonly lines: readonly string[];
  readonly converse: (listener: AgentListener) => Conversation;
  /** What has to be answered before the agent is told its task: calls with their results. */
  readonly opening: readonly (readonly [method: string, result: object])[];
}

const Call = z.object({ id: z.number(), method: z.string() });

/** Answers the calls that open a session. */
async function open({ opening }: Talk, conversation: Conversation, written: readonly string[]): Promise<void> {
  for (const [method, result] of opening) {
    const call = () => written.find((text) => text.includes(`"${method}"`));
    await waitUntil(() => call() !== undefined);
    const { id } = Call.parse(JSON.parse(call() ?? ''));
    conversation.onLine(JSON.stringify({ jsonrpc: '2.0', id, result }));
  }
  await waitUntil(() => written.some((text) => text.includes('Do it')));
}

const TALKS: Readonly<Record<string, Talk>> = {
  'ACP-12: acp': {
    lines: ['acp-gemini', 'acp-qwen', 'acp-opencode', 'acp-claude', 'acp-codex'].flatMap(agentLines),
    converse: (listener) => converseByAcp({ listener, ...turn, resumeSession: null, mode: null }),
    opening: [
      ['initialize', { protocolVersion: 1 }],
      ['session/new', { sessionId: 's1' }],
    ],
  },
  'CLAUDE-10: claude': {
    lines: agentLines('claude-stdio'),
    converse: (listener) => converseByClaude({ listener, ...turn, dialect }),
    opening: [],
  },
};

/** The SDK complains of invalid notifications there. */
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

describe.each(Object.entries(TALKS))('%s, when the agent talks as it should not', (_, talk) => {
  const { lines, converse } = talk;
  const line = fc.constantFrom(...lines);
  const cut = fc.tuple(line, fc.nat()).map(([one, at]) => one.slice(0, at % (one.length + 1)));
  const changed = fc.tuple(line, fc.nat(), fc.json()).map(([one, from, json]) => {
    const values = [...one.matchAll(/:("[^"]*"|\d+|\{\}|null|true)/g)];
    const value = values[from % Math.max(1, values.length)];
    if (value === undefined) return one;
    return `${one.slice(0, value.index)}:${json}${one.slice(value.index + value[0].length)}`;
  });
  const stream = fc.array(fc.oneof({ weight: 3, arbitrary: line }, cut, changed, fc.json()), { maxLength: 40 });

  it('never throws, tells the prompt once, and nothing that the contract does not know', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async (told) => {
        const heard = hearWith(async () => ANSWERS.reject);
        const conversation = converse(heard.listener);
        const written: string[] = [];
        conversation.begin?.({ write: (text) => void written.push(text), end: () => undefined });
        await open(talk, conversation, written);
        for (const one of told) conversation.onLine(one);
        conversation.interrupt?.();
        await new Promise(setImmediate);
        for (const activity of heard.told()) expect(Activity.safeParse(activity).error).toBeUndefined();
        expect(written.join('').split('Do it').length - 1).toBe(1);
      }),
      { numRuns: 100 },
    );
  });
});
