import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findAgent } from '../../../../../main/cli/demo/agents/find-agent.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

function program(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

const PINNED_CLAUDE = 'test/agents/node_modules/@anthropic-ai/claude-code-linux-x64/claude';
const PINNED_QWEN = 'test/agents/node_modules/@qwen-code/qwen-code/cli.js';

describe('an agent for the demo is', () => {
  it('the one that its variable names, before all others', async () => {
    const root = temporaryFolder();
    const named = program(join(root, 'own/claude'));
    program(join(root, 'bin/claude'));
    const env = { PATH: join(root, 'bin'), CLAUDE_BINARY: named };
    const found = await findAgent({ agent: 'claude', env, root });
    expect(found).toEqual({ ok: true, value: { program: [named], from: 'CLAUDE_BINARY' } });
  });

  it('nobody else when the variable points to nothing', async () => {
    const root = temporaryFolder();
    program(join(root, PINNED_CLAUDE));
    const found = await findAgent({ agent: 'claude', env: { CLAUDE_BINARY: '/nowhere/claude' }, root });
    expect(found).toEqual({ ok: false, error: 'CLAUDE_BINARY names "/nowhere/claude", and no program is there' });
  });

  it('the one in PATH, before the pinned one', async () => {
    const root = temporaryFolder();
    program(join(root, PINNED_CLAUDE));
    const installed = program(join(root, 'bin/claude'));
    const env = { PATH: `relative:/nowhere:${join(root, 'bin')}` };
    const found = await findAgent({ agent: 'claude', env, root });
    expect(found).toEqual({ ok: true, value: { program: [installed], from: 'PATH' } });
  });

  it('the pinned one, a script with the Node that runs us', async () => {
    const root = temporaryFolder();
    const [claude, qwen] = [program(join(root, PINNED_CLAUDE)), program(join(root, PINNED_QWEN))];
    expect(await findAgent({ agent: 'claude', env: {}, root })).toEqual({
      ok: true,
      value: { program: [claude], from: 'test/agents' },
    });
    expect(await findAgent({ agent: 'qwen', env: {}, root })).toEqual({
      ok: true,
      value: { program: [process.execPath, '--expose-gc', qwen], from: 'test/agents' },
    });
  });

  it('nowhere', async () => {
    expect(await findAgent({ agent: 'codex', env: {}, root: temporaryFolder() })).toEqual({ ok: true, value: null });
  });
});
