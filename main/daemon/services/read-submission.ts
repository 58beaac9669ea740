import type { StepId } from '../../../contract/ids.ts';
import { SubmittedFile } from '../../../contract/submitted-file.ts';
import type { ServiceContext } from './context.ts';

const PAGE = 500;

/** What the event of a submission says, which the chain guards. Null: there is no such event. */
export function readSubmission(
  { store }: Pick<ServiceContext, 'store'>,
  { stepId, submission }: { readonly stepId: StepId; readonly submission: number },
): Readonly<Record<string, unknown>> | null {
  for (let after = 0; ; ) {
    const page = store.events.read({ after, stepId, limit: PAGE });
    const found = page.find(({ type, payload }) => type === 'step.submitted' && payload.submission === submission);
    if (found !== undefined) return found.payload;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return null;
    after = last.seq;
  }
}

/** The files of a submission as they were written; null where the record does not say it. */
export function readSubmittedFiles(
  context: Pick<ServiceContext, 'store'>,
  of: { readonly stepId: StepId; readonly submission: number },
): readonly SubmittedFile[] | null {
  const files = SubmittedFile.array().safeParse(readSubmission(context, of)?.['files']);
  return files.success ? files.data : null;
}
