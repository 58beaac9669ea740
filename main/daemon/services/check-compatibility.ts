import type { ServiceContext } from './context.ts';
import type { ExecutorProbe } from './ports/executors.ts';

export interface Compatibility {
  /** That of the best executor that a task may name; 0 when there is none. */
  readonly tier: number;
  readonly executors: readonly (ExecutorProbe & { readonly tier: number })[];
}

/** How closely an executor is looked after, as inherited clients count it: 3 where nothing but its end can be seen. */
const TIERS: Readonly<Record<string, number>> = { 'ide-chat': 3, simulation: 3 };
const SUPERVISED_TIER = 2;

/** Which executors would take a task on this machine now. Looked up, never assumed. */
export async function checkCompatibility({ executors }: Pick<ServiceContext, 'executors'>): Promise<Compatibility> {
  const listed = [...executors.shelf().executors.values()];
  const probes = await Promise.all(listed.map((executor) => executors.probe(executor)));
  const rated = probes.map((probe) => ({ ...probe, tier: TIERS[probe.agent] ?? SUPERVISED_TIER }));
  const usable = rated.filter(({ mode }) => mode !== null).map(({ tier }) => tier);
  return { tier: usable.length === 0 ? 0 : Math.min(...usable), executors: rated };
}
