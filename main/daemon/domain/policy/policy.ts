/** What an operator wants to be asked about, or never wants, whatever the executor says. Read from a file or built in. */
export interface Policy {
  readonly name: string;
  readonly gateWhen: {
    /** More changed files than this stop the step; null: any number passes. */
    readonly changedFilesOver: number | null;
    readonly dependencyFilesChanged: boolean;
    readonly migrationsDetected: boolean;
    readonly unresolvedQuestions: boolean;
    readonly anyValidationFails: boolean;
  };
  readonly failWhen: {
    readonly anyValidationFails: boolean;
  };
  /** Rules of the file that are accepted and have their effect elsewhere, each with where. */
  readonly notes: readonly string[];
}

export const DEFAULT_POLICY_NAME = 'default_safe_refactor';

/** In force when a task names no policy and no file redefines it. */
export const DEFAULT_SAFE_REFACTOR: Policy = {
  name: DEFAULT_POLICY_NAME,
  gateWhen: {
    changedFilesOver: 12,
    dependencyFilesChanged: true,
    migrationsDetected: true,
    unresolvedQuestions: true,
    anyValidationFails: false,
  },
  failWhen: { anyValidationFails: false },
  notes: [],
};
