import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bringAgent } from '../../../../../main/cli/demo/agents/bring-agent.ts';
import { cliContext } from '../../../../support/run-cli.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const FILE = 'test/agents/node_modules/@anthropic-ai/claude-code-linux-x64/claude';
const BRINGS = `mkdir -p "$(dirname ${FILE})" && : > ${FILE} && chmod +x ${FILE}`;

/** A machine without the agent, and an npm that does what it is told here. */
function machine(npm: string, answer: boolean | null) {
  const root = temporaryFolder();
  const bin = join(root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$@" > asked\n${npm}\n`, { mode: 0o755 });
  const { context, written } = cliContext({
    env: { PATH: `${bin}:/usr/bin:/bin` },
    ...(answer === null ? {} : { confirm: async () => answer }),
  });
  const here = { ...context, entryPath: join(root, 'main/cli/main.ts') };
  return { root, context: here, written, wasAsked: () => existsSync(join(root, 'asked')) };
}

describe('an agent that is not here', () => {
  it('is brought when --install says so, without a question', async () => {
    const { root, context, written } = machine(BRINGS, null);
    const found = await bringAgent(context, { agent: 'claude', mayInstall: true });
    expect(found).toEqual({ ok: true, value: { program: [join(root, FILE)], from: 'test/agents' } });
    expect(written.stderr).toBe('→ npm ci --prefix test/agents --ignore-scripts\n');
  });

  it('is brought when the person agrees, who has read what it costs', async () => {
    const { context, written, wasAsked } = machine(BRINGS, true);
    expect((await bringAgent(context, { agent: 'claude', mayInstall: false })).ok).toBe(true);
    expect(written.stderr).toContain('npm ci --prefix test/agents --ignore-scripts; about 2 GB');
    expect(wasAsked()).toBe(true);
  });

  it.each([false, null])('is not brought when the answer is %s', async (answer) => {
    const { context, wasAsked } = machine(BRINGS, answer);
    expect(await bringAgent(context, { agent: 'claude', mayInstall: false })).toMatchObject({
      ok: false,
      error: {
        message: expect.stringMatching(
          /^Claude Code is not on this machine: install it so that claude is in PATH, or /,
        ),
        exit: 1,
        nextStep: 'Bring it: codencer demo --agent claude --install',
      },
    });
    expect(wasAsked()).toBe(false);
  });

  it('is offered in the words of who started the demo', async () => {
    const { context } = machine('', null);
    const byNpm = { ...context, env: { ...context.env, npm_lifecycle_event: 'demo' } };
    expect(await bringAgent(byNpm, { agent: 'codex', mayInstall: false })).toMatchObject({
      error: { nextStep: 'Bring it: npm run demo -- --agent codex --install' },
    });
  });

  it.each([
    ['exit 7', 'npm ended with 7'],
    ['exit 0', 'npm brought no Claude Code for this machine'],
  ])('could not be brought: %s', async (npm, message) => {
    const { root, context } = machine(npm, null);
    expect(await bringAgent(context, { agent: 'claude', mayInstall: true })).toMatchObject({
      ok: false,
      error: { message, nextStep: `What was tried, in ${root}: npm ci --prefix test/agents --ignore-scripts` },
    });
  });
});
