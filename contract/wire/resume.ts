import { z } from 'zod';

import { AttemptId } from '../ids.ts';

/** The conversation that an attempt goes on with. */
export interface Resume {
  /** The vendor's own id. */
  readonly session: string;
  /** The attempt that had it. */
  readonly attemptId: AttemptId;
  /** What the agent is told; null: its task. */
  readonly answer: string | null;
}

/** How it stands in the event of a retry. */
export const encodeResume = ({ session, attemptId, answer }: Resume) => ({ session, attempt_id: attemptId, answer });

const WireResume = z
  .object({ session: z.string(), attempt_id: AttemptId, answer: z.string().nullable() })
  .transform(({ session, attempt_id: attemptId, answer }): Resume => ({ session, attemptId, answer }));

/** Null: the retry said nothing of it. */
export function decodeResume(payload: unknown): Resume | null {
  const resume = WireResume.safeParse(payload);
  return resume.success ? resume.data : null;
}
