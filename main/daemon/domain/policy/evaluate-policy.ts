import type { Policy } from './policy.ts';
import { isDependencyFile, isMigration } from './sensitive-files.ts';

export interface PolicyFacts {
  readonly policy: Policy;
  /** Captured changes: tracked and untracked files, never ignored ones. */
  readonly changedFiles: readonly string[];
  readonly questions: readonly string[];
  /** Names of validations that did not pass, whether required or not. */
  readonly failedValidations?: readonly string[];
  /** For tests: the policy sees one more changed file, a migration. */
  readonly forceGate: boolean;
}

export interface PolicyDecision {
  readonly decision: 'pass' | 'gate' | 'fail';
  readonly reasons: readonly string[];
}

/** Whether the work may complete, needs a person, or fails. The reasons are the inherited texts. See SPEC.md. */
export function evaluatePolicy(facts: PolicyFacts): PolicyDecision {
  const failReasons = failRules(facts).filter(({ holds }) => holds);
  if (failReasons.length > 0) return { decision: 'fail', reasons: failReasons.map(({ reason }) => reason) };
  const gateReasons = gateRules(facts).filter(({ holds }) => holds);
  if (gateReasons.length > 0) return { decision: 'gate', reasons: gateReasons.map(({ reason }) => reason) };
  return { decision: 'pass', reasons: [] };
}

interface Rule {
  readonly holds: boolean;
  readonly reason: string;
}

const FORCED_MIGRATION = 'migrations/fake.sql';

function failRules({ policy, failedValidations = [] }: PolicyFacts): readonly Rule[] {
  const holds = policy.failWhen.anyValidationFails && failedValidations.length > 0;
  return [{ holds, reason: 'Validations did not all pass' }];
}

function gateRules(facts: PolicyFacts): readonly Rule[] {
  const { gateWhen } = facts.policy;
  const files = facts.forceGate ? [...facts.changedFiles, FORCED_MIGRATION] : facts.changedFiles;
  const threshold = gateWhen.changedFilesOver;
  return [
    { holds: threshold !== null && files.length > threshold, reason: 'Changed files exceeded threshold' },
    {
      holds: gateWhen.dependencyFilesChanged && files.some(isDependencyFile),
      reason: 'Dependency files were changed',
    },
    { holds: gateWhen.migrationsDetected && files.some(isMigration), reason: 'Database migrations were changed' },
    {
      holds: gateWhen.unresolvedQuestions && facts.questions.length > 0,
      reason: 'Unresolved questions presented by adapter',
    },
    {
      holds: gateWhen.anyValidationFails && (facts.failedValidations ?? []).length > 0,
      reason: 'Validations did not all pass',
    },
  ];
}
