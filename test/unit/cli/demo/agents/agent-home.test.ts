import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeAgentHome } from '../../../../../main/cli/demo/agents/agent-home.ts';
import { DEMO_AGENTS } from '../../../../../main/cli/demo/agents/demo-agent-name.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const BASE_URL = 'http://127.0.0.1:4000/s/write';

function makeHome(agent: (typeof DEMO_AGENTS)[number]) {
  const home = join(temporaryFolder(), 'home');
  const env = makeAgentHome(agent, { home, baseUrl: BASE_URL, canAsk: true, maxRetries: 1 });
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' })
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile());
  return { home, env, told: [...Object.values(env), ...files.map((path) => readFileSync(path, 'utf8'))].join('\n') };
}

describe('the home of an agent', () => {
  it.each(DEMO_AGENTS)('for %s is all that it sees, and names the scripted model and no other', (agent) => {
    const { home, env, told } = makeHome(agent);
    expect(env['HOME']).toBe(home);
    expect(told).toContain(BASE_URL);
    expect(told.match(/https?:\/\/(?!127\.0\.0\.1)[^"\s]+/g)).toBeNull();
  });

  it('switches off what would ask the network', () => {
    const claude = { DISABLE_TELEMETRY: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' };
    expect(makeHome('claude').env).toMatchObject(claude);
    expect(makeHome('codex').told).toMatch(/check_for_update_on_startup = false[\s\S]*\[analytics\]\nenabled = false/);
    expect(makeHome('opencode').told).toContain('registry=http://127.0.0.1:9/');
    for (const agent of ['gemini', 'qwen'] as const)
      expect(makeHome(agent).told).toMatch(/"usageStatisticsEnabled": false[\s\S]*"enableAutoUpdate": false/);
  });
});
