import { AttemptId } from '../../../contract/ids.ts';
import { placeOf } from './attempt-work.ts';
import type { ServiceContext } from './context.ts';

/** Leaves in the record who tried what is not theirs to do. */
export function recordRefusal(
  context: ServiceContext,
  input: { readonly actor: string; readonly method: string; readonly path: string; readonly reason: string },
): void {
  const { actor, ...payload } = input;
  const attemptId = AttemptId.safeParse(actor.replace(/^executor:/, ''));
  const attempt = attemptId.success ? context.store.attempts.get(attemptId.data) : null;
  const place = attempt === null ? {} : placeOf(attempt);
  context.store.transaction(() => context.store.events.append({ type: 'access.refused', actor, ...place, payload }));
}
