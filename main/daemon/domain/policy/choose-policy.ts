import { type Refusal, refusal } from '../../../../contract/errors.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { DEFAULT_POLICY_NAME, DEFAULT_SAFE_REFACTOR, type Policy } from './policy.ts';

export interface LoadedPolicy {
  readonly policy: Policy;
  /** The file it came from; null: built in. */
  readonly file: string | null;
}

/** Every policy that the files of a repository define, and what is wrong with the ones that cannot be used. */
export interface PolicyShelf {
  readonly policies: ReadonlyMap<string, LoadedPolicy>;
  /** By the name under which a task would ask for it. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
  /** Folders that are there and could not be read: what they define is unknown, so no policy can be trusted. */
  readonly unreadable: readonly string[];
}

export const EMPTY_SHELF: PolicyShelf = { policies: new Map(), broken: new Map(), unreadable: [] };

/** The policy that a task names. No name means the default one; an unknown or broken one is refused, never replaced. */
export function choosePolicy(shelf: PolicyShelf, policyBundle: string): Result<LoadedPolicy, Refusal> {
  const name = policyBundle === '' ? DEFAULT_POLICY_NAME : policyBundle;
  const problems = [...shelf.unreadable, ...(shelf.broken.get(name) ?? [])];
  if (problems.length > 0) {
    return err(refusal('invalid_policy', `policy "${name}" cannot be used: ${problems.join('; ')}`));
  }
  const found = shelf.policies.get(name);
  if (found !== undefined) return ok(found);
  if (name === DEFAULT_POLICY_NAME) return ok({ policy: DEFAULT_SAFE_REFACTOR, file: null });
  const known = [...new Set([DEFAULT_POLICY_NAME, ...shelf.policies.keys()])].sort();
  return err(refusal('unknown_policy', `there is no policy "${name}"; known ones: ${known.join(', ')}`));
}
