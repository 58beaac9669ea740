import { describe, expect, it } from 'vitest';
import { DEMO_AGENTS } from '../../../../../main/cli/demo/agents/demo-agent-name.ts';
import { DEMO_AGENT_FACTS } from '../../../../../main/cli/demo/agents/demo-agents.ts';
import { demoProfile } from '../../../../../main/cli/demo/agents/demo-profile.ts';
import { driverOf } from '../../../../../main/daemon/adapters/executors/registry.ts';
import { parseProfile } from '../../../../../main/daemon/adapters/profiles/parse-profile.ts';

describe('the profile of the demo', () => {
  it.each(DEMO_AGENTS)('for %s is one that a daemon takes, of an interface that can ask', (name) => {
    const facts = DEMO_AGENT_FACTS[name];
    const text = demoProfile(facts, ['/a/node', '/a path/program.js']);
    const read = parseProfile({ text, file: 'demo.yaml', fallbackName: 'demo' });
    expect(read).toMatchObject({
      ok: true,
      value: {
        name: 'demo',
        program: ['/a/node', '/a path/program.js', ...facts.programArgs],
        permissions: { otherwise: 'ask', rules: [] },
      },
    });
    if (read.ok) expect(driverOf(read.value.agent, read.value.transport)?.canAsk).toBe(true);
  });
});
