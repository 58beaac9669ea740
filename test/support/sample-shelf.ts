import { ExecutorProfile, isAgentName } from '../../contract/executor-profile.ts';
import { ok } from '../../contract/result.ts';
import { usualTransport } from '../../contract/wire/executor-profile.ts';
import type { ExecutorShelf, UsableExecutor } from '../../main/daemon/domain/executor-shelf.ts';
import { BUILT_IN_PROFILES } from '../../main/daemon/domain/executor-shelf.ts';
import type { Executors } from '../../main/daemon/services/ports/executors.ts';

/** Agents with the profile that each has when nothing is said, besides the built-in ones. */
export function sampleShelf(
  names: readonly string[] = ['codex', 'claude', 'qwen'],
  more: readonly ExecutorProfile[] = [],
): ExecutorShelf {
  const profiles = [...BUILT_IN_PROFILES, ...names.map((name) => sampleProfile({ name })), ...more];
  const executors = profiles.map((profile) => [profile.name, executorOf(profile)] as const);
  return { executors: new Map(executors), problems: [] };
}

/** Of the agent that is named like it, unless it says another. */
export function sampleProfile({ name, ...more }: { readonly name: string } & Readonly<Record<string, unknown>>) {
  const transport = isAgentName(name) ? usualTransport(name) : 'exec';
  return ExecutorProfile.parse({ name, agent: name, transport, ...more });
}

const executorOf = (profile: ExecutorProfile): UsableExecutor => ({
  name: profile.name,
  source: { kind: 'shipped', file: `/srv/executors/${profile.name}.yaml` },
  profile,
  profileHash: 'f'.repeat(64),
  problems: [],
});

/** Executors of which none runs anything. */
export const sampleExecutors = (shelf: ExecutorShelf = sampleShelf()): Executors => ({
  shelf: () => shelf,
  find: () => null,
  environment: () => ok({}),
  terminal: () => null,
  whyUnavailable: async () => null,
  probe: async ({ name, profile }) => ({
    name,
    agent: profile?.agent ?? '',
    mode: null,
    program: null,
    isLoggedIn: null,
    sandbox: null,
    canAsk: null,
    detail: '',
  }),
});
