import type { ClientAttempt } from '../../../contract/client/client-attempt.ts';
import type { ClientStep } from '../../../contract/client/client-step.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/client/json-value.ts';
import { canRetry, sessionToResume } from '../step/step-moves.ts';

/** Whose session could be told what is wanted; null: only a new step can. */
export const sessionFor = (
  step: ClientStep,
  state: string,
  attempts: readonly ClientAttempt[],
): ClientAttempt | null => (canRetry(state) ? sessionToResume(attempts, step.executor) : null);

/** What a new step does not take over: its place, its own words, and how the old one was handed in. */
const OWN: ReadonlySet<string> = new Set([
  'step_id',
  'title',
  'goal',
  'submission_provenance',
  'base_ref',
  'not_before',
]);

interface FollowUp {
  /** The task of the step that is asked about, as it was recorded; null: it is not there any more. */
  readonly task: JsonValue;
  readonly step: ClientStep;
  readonly message: string;
  /** What it goes on from; empty: from what the daemon takes without. */
  readonly baseRef: string;
}

/** The task of the new step: the same executor, validations and rules; another goal, on top of the work that is there. */
export function followUpTask({ task, step, message, baseRef }: FollowUp): JsonObject {
  const before = isJsonObject(task) ? task : { version: 'v1', adapter_profile: step.executor };
  const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !OWN.has(key)));
  return {
    ...kept,
    title: titleOf(step),
    goal: message,
    ...(baseRef === '' ? {} : { base_ref: baseRef }),
  };
}

const titleOf = ({ title, id }: ClientStep): string => {
  const name = title || id;
  return name.startsWith('Changes to ') ? name : `Changes to ${name}`;
};

/** Names of the validations of a task in its wire form. */
export function validationsOf(task: JsonValue): readonly string[] {
  const validations = isJsonObject(task) ? task['validations'] : undefined;
  if (!Array.isArray(validations)) return [];
  return validations.flatMap((one) => {
    const name = isJsonObject(one) ? one['name'] : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}
