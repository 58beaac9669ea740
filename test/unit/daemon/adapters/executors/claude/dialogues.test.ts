import { describe, expect, it } from 'vitest';
import { converse } from '../../../../../../main/daemon/adapters/executors/claude/converse.ts';
import type { Dialect } from '../../../../../../main/daemon/adapters/executors/claude/dialect.ts';
import { CLAUDE_OUTCOMES } from '../../../../../../main/daemon/adapters/executors/claude/outcomes.ts';
import { understandDialogue } from '../../../../../support/converse-with.ts';
import { waitUntil } from '../../../../../support/wait-until.ts';

const dialect: Dialect = { greeting: null, questionTool: 'AskUserQuestion', cachedTokens: 'beside' };
const prompt = 'Create the file hello.txt. WRITE_FILE=hello.txt';

async function understand(name: string) {
  const understood = await understandDialogue({
    transport: 'claude-stdio',
    name,
    rows: CLAUDE_OUTCOMES,
    converse: (listener) =>
      converse({
        listener,
        worktreePath: '/repository',
        prompt,
        dialect,
      }),
  });
  await waitUntil(understood.finished);
  return understood;
}

describe('recorded talks with Claude Code', () => {
  it.each([
    ['ask-allow', 'completed', 'Write: completed', '2400/400/68 reported', 2],
    ['ask-reject', 'permission_denied', 'Write: denied', '2400/400/68 reported', 2],
    ['cancel', 'adapter_failed', 'Bash: failed', '1200/200/34 reported', 1],
    ['failing-shell', 'completed', 'Bash: failed (3)', '2400/400/68 reported', 2],
    ['http-400', 'model_failed', '', 'none', 0],
    ['http-429-once', 'completed', 'Write: completed', '2400/400/68 reported', 3],
    ['text', 'completed', '', '1200/200/34 reported', 1],
    ['thoughts', 'completed', '', '1200/200/34 reported', 1],
  ])('CLAUDE-3, CLAUDE-5: %s', async (name, comesTo, calls, usage, requests) => {
    const { essence, heard, written } = await understand(name);
    const known = essence();
    expect([known.comesTo, known.calls.join(', '), known.usage ?? 'none', known.requests]).toEqual([
      comesTo,
      calls,
      usage,
      requests,
    ]);
    expect(heard.finishes()).toBe(1);
    expect(written.filter(({ type }) => type === 'user')).toEqual([
      { type: 'user', message: { role: 'user', content: [{ type: 'text', text: prompt }] } },
    ]);
  });

  it('CLAUDE-3: what it asks is understood', async () => {
    const { heard } = await understand('ask-allow');
    const input = { file_path: '/repository/hello.txt', content: 'Written by the scripted model.\n' };
    expect(heard.asked).toEqual([
      {
        tool: 'Write',
        toolKind: 'edit',
        title: '/repository/hello.txt',
        command: null,
        cwd: '/repository',
        paths: ['/repository/hello.txt'],
        diff: 'Written by the scripted model.\n',
        input: JSON.stringify(input),
        reason: 'hello.txt',
      },
    ]);
  });
});
