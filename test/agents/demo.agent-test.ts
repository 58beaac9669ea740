import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoAgentName } from '../../main/cli/demo/agents/demo-agent-name.ts';
import { spawnCli } from '../support/spawn-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { outsideLookups } from './lookup-recorder.ts';

/** Where it is: the pinned programs are found from there. */
const ENTRY = join(import.meta.dirname, '../../bin/codencer.cjs');
const SHOWN: readonly DemoAgentName[] = ['claude', 'codex', 'opencode'];

describe('codencer demo --agent', () => {
  it.each(SHOWN)('%s asks, is allowed, does it, asks no other machine, and leaves nothing', async (agent) => {
    const before = outsideLookups().length;
    const [HOME, TMPDIR] = [temporaryFolder(), temporaryFolder()];
    const run = spawnCli(['demo', '--agent', agent], { entry: ENTRY, env: { HOME, TMPDIR } });
    expect({ ...(await run.ended), told: run.stderr() }).toEqual({
      exitCode: 0,
      signal: null,
      told: expect.stringContaining('asks for permission, and waits. This is gate gate-add-a-file-a1-p1:'),
    });
    const shown = run.stdout();
    expect(shown).toContain('+Written by the scripted model.');
    expect(shown).toContain('gate approved');
    expect(shown).toContain('your checkout: as it was; worktrees left: none');
    expect(shown).toContain('nothing is left: no process of');
    expect([readdirSync(HOME), readdirSync(TMPDIR)]).toEqual([[], []]);
    expect(outsideLookups().slice(before)).toEqual([]);
  });
});
