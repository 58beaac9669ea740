/** What is wrong with the value at a path of a profile, to be read after that path. */
export interface ProfileIssue {
  readonly path: readonly PropertyKey[];
  readonly sentence: string;
}
