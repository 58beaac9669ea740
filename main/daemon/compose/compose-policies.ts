import { ok } from '../../../contract/result.ts';
import { loadPolicies } from '../adapters/files/policy-files.ts';
import { choosePolicy } from '../domain/policy/choose-policy.ts';
import { evaluatePolicy } from '../domain/policy/evaluate-policy.ts';
import type { Policies } from '../services/ports.ts';

export const composePolicies = (repoRoot: string, settings: { readonly forceGate: boolean }): Policies => ({
  async pin(name) {
    const chosen = choosePolicy(await loadPolicies(repoRoot), name);
    if (!chosen.ok) return chosen;
    const { policy } = chosen.value;
    return ok((facts) => evaluatePolicy({ policy, ...facts, ...settings }));
  },
});
