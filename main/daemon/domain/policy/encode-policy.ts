import type { Policy } from './policy.ts';

/** The policy as a file would hold it: `parsePolicy` reads the same policy back. */
export const encodePolicy = ({ name, gateWhen, failWhen }: Policy) => ({
  name,
  gate_when: {
    ...(gateWhen.changedFilesOver === null ? {} : { changed_files_over: gateWhen.changedFilesOver }),
    dependency_files_changed: gateWhen.dependencyFilesChanged,
    migrations_detected: gateWhen.migrationsDetected,
    unresolved_questions: gateWhen.unresolvedQuestions,
    any_validation_fails: gateWhen.anyValidationFails,
  },
  fail_when: { any_validation_fails: failWhen.anyValidationFails },
});
