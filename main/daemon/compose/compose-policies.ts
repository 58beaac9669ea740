import { refusal } from '../../../contract/errors.ts';
import { err, ok } from '../../../contract/result.ts';
import { loadPolicies } from '../adapters/files/policy-files.ts';
import { choosePolicy } from '../domain/policy/choose-policy.ts';
import { encodePolicy } from '../domain/policy/encode-policy.ts';
import { evaluatePolicy } from '../domain/policy/evaluate-policy.ts';
import { parsePolicy } from '../domain/policy/parse-policy.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Judge, Policies } from '../services/ports/policies.ts';

export function composePolicies(repoRoot: string, settings: { readonly forceGate: boolean }): Policies {
  const judgeBy =
    (policy: Policy): Judge =>
    (facts) =>
      evaluatePolicy({ policy, ...facts, ...settings });
  return {
    async pin(name) {
      const chosen = choosePolicy(await loadPolicies(repoRoot), name);
      if (!chosen.ok) return chosen;
      const { policy } = chosen.value;
      return ok({ document: encodePolicy(policy), judge: judgeBy(policy) });
    },
    read(document) {
      const policy = parsePolicy({ content: document, file: 'the policy of the submission', fallbackName: '' });
      return policy.ok ? ok(judgeBy(policy.value)) : err(refusal('invalid_policy', policy.error.join('; ')));
    },
  };
}
