/** Something that may stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  /** What it is; may be empty. */
  readonly about: string;
}
