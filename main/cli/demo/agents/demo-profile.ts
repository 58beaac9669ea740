import { stringify } from 'yaml';
import type { DemoAgent } from './demo-agents.ts';

/** The profile's name: what a task names to be given to the agent of the demo. */
export const DEMO_PROFILE = 'demo';

/** `.codencer/executors/demo.yaml`: the agent whose program was found, asking a person about everything. */
export function demoProfile(agent: DemoAgent, program: readonly string[]): string {
  const head = `# ${agent.title} with the scripted model of the demo: it asks before it changes anything.\n`;
  return `${head}${stringify({
    description: `${agent.title} with a model that follows a script`,
    ...agent.profile,
    program: [...program, ...agent.programArgs],
    permissions: { otherwise: 'ask' },
    limits: { wall_clock_seconds: 600, idle_seconds: 120 },
  })}`;
}
