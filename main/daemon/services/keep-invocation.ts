import type { Invocation } from '../../../contract/executor-profile.ts';
import { encodeInvocation } from '../../../contract/wire/invocation.ts';
import type { ServiceContext } from './context.ts';
import type { AttemptPlace } from './ports/attempt-place.ts';

/** How a program was started, as a file of evidence. Gives a sentence when it could not be kept. */
export async function keepInvocation(
  { evidence }: Pick<ServiceContext, 'evidence'>,
  place: AttemptPlace,
  invocation: Invocation | null,
): Promise<readonly string[]> {
  if (invocation === null) return [];
  const { reported_model: _, ...known } = encodeInvocation(invocation);
  const text = `${JSON.stringify(known, null, 2)}\n`;
  const kept = await evidence.writeText(place, 'invocation.json', text);
  return kept.ok ? [] : [`how the program was started could not be kept: ${kept.error.sentence}`];
}
