import { z } from 'zod';

import { AttemptId } from '../ids.ts';
import { wireObject } from './decode.ts';
import { pageSizeUpTo, wholeNumber } from './query-values.ts';

const SUBJECT = {
  attempt: AttemptId.optional().meta({ description: 'The newest one when absent; with what it started from.' }),
  from: AttemptId.optional().meta({ description: 'Compares this attempt with `to`.' }),
  to: AttemptId.optional(),
} as const;

type Subject = { readonly [Name in keyof typeof SUBJECT]?: AttemptId | undefined };

/** Either one attempt, or two of them. */
function judgeSubject({ attempt, from, to }: Subject, context: z.RefinementCtx): void {
  const refuse = (name: keyof Subject, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  if (from !== undefined && to === undefined) refuse('to', 'is required with from: which attempt is compared with it');
  if (to !== undefined && from === undefined) refuse('from', 'is required with to: which attempt it is compared with');
  if (attempt !== undefined && from !== undefined) refuse('attempt', 'cannot stand beside from and to');
}

const file = z.string().max(4096).optional().meta({
  description: 'Only this file, named as the list of changes names it.',
});

export const DiffQuery = wireObject({ ...SUBJECT, file }).superRefine(judgeSubject);
export type DiffQuery = z.infer<typeof DiffQuery>;

const MAX_FILES = 10_000;

export const ChangesQuery = wireObject({
  ...SUBJECT,
  limit: pageSizeUpTo(MAX_FILES).optional(),
  after: wholeNumber.optional().meta({ description: 'How many files come before the first one that is wanted.' }),
}).superRefine(judgeSubject);
export type ChangesQuery = z.infer<typeof ChangesQuery>;
