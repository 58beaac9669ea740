import { z } from 'zod';

/** A file of a submission as it was written, as the event of the submission tells it. */
export const SubmittedFile = z.object({ name: z.string(), sha256: z.string() });
export type SubmittedFile = z.infer<typeof SubmittedFile>;
