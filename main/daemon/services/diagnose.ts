import { checkAgents } from './check-agents.ts';
import type { ServiceContext } from './context.ts';
import type { Check } from './ports/check.ts';

/** What is right and wrong about this machine and this daemon's place on it. */
export async function diagnose(context: ServiceContext): Promise<{ readonly checks: readonly Check[] }> {
  const [machine, agents] = await Promise.all([context.diagnostics(), checkAgents(context)]);
  return { checks: [...machine, ...agents] };
}
