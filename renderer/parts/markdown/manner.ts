import type { LinkTarget } from './link-target.ts';

/** What is handed down to every part of the text. */
export interface Manner {
  readonly topLevel: number;
  readonly targetOf: (target: string) => LinkTarget;
  readonly idPrefix: string;
}
