import { describe, expect, it } from 'vitest';
import { Activity } from '../../../../../../contract/activity.ts';
import { converse } from '../../../../../../main/daemon/adapters/executors/acp/converse.ts';
import { ACP_OUTCOMES } from '../../../../../../main/daemon/adapters/executors/acp/outcomes.ts';
import { dialogueNamed } from '../../../../../support/agent-dialogues.ts';
import { understandDialogue } from '../../../../../support/converse-with.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

const PROMPT = 'Create the file hello.txt. WRITE_FILE=hello.txt';

async function understand(transport: string, name: string) {
  const mode = dialogueNamed(transport, name).lines.flatMap(({ message }) => modeIn(message['params']))[0] ?? null;
  const understood = await understandDialogue({
    transport,
    name,
    rows: ACP_OUTCOMES,
    converse: (listener) =>
      converse({
        listener,
        worktreePath: '/repository',
        prompt: PROMPT,
        resumeSession: null,
        mode,
      }),
  });
  await waitUntil(understood.finished);
  return understood;
}

const modeIn = (params: unknown): readonly string[] =>
  typeof params === 'object' && params !== null && 'modeId' in params ? [String(params.modeId)] : [];

type Row = readonly [transport: string, name: string, comesTo: string, calls: string, usage: string, requests: number];

/** Five vendors' own programs, as they were recorded. */
const DIALOGUES: readonly Row[] = [
  ['acp-gemini', 'ask-allow', 'completed', 'edit: completed', '2400/0/68 reported', 2],
  ['acp-gemini', 'ask-reject', 'permission_denied', 'edit: denied', '2400/0/68 reported', 1],
  ['acp-gemini', 'cancel', 'adapter_failed', 'execute: completed', 'none', 1],
  ['acp-gemini', 'failing-shell', 'completed', 'execute: completed', '2400/0/68 reported', 2],
  ['acp-gemini', 'http-400', 'model_failed', '', 'none', 0],
  ['acp-gemini', 'http-429-once', 'completed', 'edit: completed', '2400/0/68 reported', 2],
  ['acp-gemini', 'text', 'completed', '', '1200/0/34 reported', 1],
  ['acp-gemini', 'thoughts', 'completed', '', '1200/0/34 reported', 1],
  ['acp-qwen', 'ask-allow', 'completed', 'edit: completed', '2400/400/68 corrected', 2],
  ['acp-qwen', 'ask-reject', 'permission_denied', 'edit: denied', '1200/200/34 corrected', 1],
  ['acp-qwen', 'cancel', 'adapter_failed', 'execute: failed', '1200/200/34 corrected', 1],
  ['acp-qwen', 'failing-shell', 'completed', 'execute: failed (3)', '2400/400/68 corrected', 2],
  ['acp-qwen', 'http-400', 'model_failed', '', 'none', 0],
  ['acp-qwen', 'http-429-once', 'completed', 'edit: completed', '2400/400/68 corrected', 2],
  ['acp-qwen', 'text', 'completed', '', '1200/200/34 corrected', 1],
  ['acp-qwen', 'thoughts', 'completed', '', '1200/200/34 corrected', 1],
  ['acp-opencode', 'ask-allow', 'completed', 'edit: completed', 'none', 2],
  ['acp-opencode', 'ask-reject', 'permission_denied', 'edit: denied', 'none', 1],
  ['acp-opencode', 'cancel', 'adapter_failed', 'execute: completed', 'none', 1],
  ['acp-opencode', 'failing-shell', 'completed', 'execute: completed (3)', 'none', 2],
  ['acp-opencode', 'http-400', 'model_failed', '', 'none', 0],
  ['acp-opencode', 'http-429-once', 'completed', 'edit: completed', 'none', 2],
  ['acp-opencode', 'text', 'completed', '', 'none', 1],
  ['acp-opencode', 'thoughts', 'completed', '', 'none', 1],
  ['acp-claude', 'ask-allow', 'completed', 'Write: completed', '2400/400/68 $0.01416 estimated', 2],
  ['acp-claude', 'ask-reject', 'permission_denied', 'Write: denied', '2400/400/68 $0.01416 estimated', 2],
  ['acp-claude', 'cancel', 'adapter_failed', 'Bash: failed', '1200/200/34 $0.00944 estimated', 1],
  ['acp-claude', 'failing-shell', 'completed', 'Bash: failed (3)', '2400/400/68 $0.01416 estimated', 2],
  ['acp-claude', 'http-400', 'model_failed', '', 'none', 1],
  ['acp-claude', 'http-429-once', 'completed', 'Write: completed', '2400/400/68 $0.01416 estimated', 2],
  ['acp-claude', 'text', 'completed', '', '1200/200/34 $0.00944 estimated', 1],
  ['acp-claude', 'thoughts', 'completed', '', '1200/200/34 $0.00944 estimated', 1],
  ['acp-codex', 'ask-allow', 'completed', 'exec_command: completed (0)', '2400/400/68 reported', 2],
  ['acp-codex', 'ask-reject', 'permission_denied', 'execute: denied', '1200/200/34 reported', 1],
  ['acp-codex', 'cancel', 'adapter_failed', 'execute: pending', '1200/200/34 reported', 1],
  ['acp-codex', 'failing-shell', 'completed', 'exec_command: failed (3)', '2400/400/68 reported', 2],
  ['acp-codex', 'http-400', 'model_failed', '', 'none', 1],
  ['acp-codex', 'http-429-once', 'completed', 'edit: completed', '2400/400/68 reported', 2],
  ['acp-codex', 'text', 'completed', '', '1200/200/34 reported', 1],
  ['acp-codex', 'thoughts', 'completed', '', '1200/200/34 reported', 1],
];

const SUMMARIES: Readonly<Record<string, RegExp>> = {
  'ask-allow': /^Done: (hello\.txt is written|the command ran)\.$/,
  'ask-reject': /^\w+ was not allowed$/,
  cancel: /^The agent says that its turn was cancelled, and nobody here did that$/,
  'failing-shell': /^Done: the command ran\.$/,
  'http-400': /^(API Error: )?(400 )?The scripted model answers 400\.$/,
  'http-429-once': /^Done: hello\.txt is written\.$/,
  text: /^Done, and no tool was needed\.$/,
  thoughts: /^Done, after some thought\.$/,
};

describe('recorded talks over the Agent Client Protocol', () => {
  it.each(DIALOGUES)('ACP-9, ACP-10, ACP-11: %s, %s', async (transport, name, comesTo, calls, usage, requests) => {
    const { essence, heard, isEnded } = await understand(transport, name);
    const known = essence();
    expect([known.comesTo, known.calls.join(', '), known.usage ?? 'none', known.requests]).toEqual([
      comesTo,
      calls,
      usage,
      requests,
    ]);
    expect(known.summary).toMatch(SUMMARIES[name] ?? /^$/);
    expect(isEnded()).toBe(false);
    expect(heard.finishes()).toBe(1);
    for (const activity of heard.told()) expect(Activity.safeParse(activity).error).toBeUndefined();
  });

  it.each(['acp-gemini', 'acp-qwen', 'acp-opencode', 'acp-claude', 'acp-codex'])(
    'ACP-2, ACP-3: %s is offered nothing and told its task once',
    async (transport) => {
      const { written } = await understand(transport, 'text');
      const offered = { fs: { readTextFile: false, writeTextFile: false }, terminal: false };
      expect(written[0]).toMatchObject({ params: { protocolVersion: 1, clientCapabilities: offered } });
      const prompts = written.filter(({ method }) => method === 'session/prompt');
      expect(prompts).toHaveLength(1);
      expect(prompts[0]).toMatchObject({ params: { prompt: [{ type: 'text', text: PROMPT }] } });
    },
  );

  it.each([
    ['acp-gemini', 'edit', null, /hello\.txt/],
    ['acp-qwen', 'edit', null, /\+Written by the scripted model/],
    ['acp-opencode', 'edit', null, /\+Written by the scripted model/],
    ['acp-claude', 'Write', null, /\+Written by the scripted model/],
    ['acp-codex', 'execute', "printf 'Written by the scripted model.\\n' > 'hello.txt'", null],
  ])('ACP-4: %s is understood when it asks', async (transport, tool, command, diff) => {
    const { heard } = await understand(transport, 'ask-allow');
    expect(heard.asked).toHaveLength(1);
    const [request] = heard.asked;
    expect(request).toMatchObject({ tool, command, cwd: '/repository' });
    if (diff === null) expect(request?.diff).toBeNull();
    else expect(request?.diff).toMatch(diff);
    if (diff !== null) expect(request?.paths).toEqual(['/repository/hello.txt']);
  });
});
