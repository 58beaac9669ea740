import { z } from 'zod';

/** Answer of `/api/v1/documents`, in the order in which they are read. */
export const WireHelpList = z.object({
  documents: z.array(
    z.object({
      name: z.string().meta({ description: 'In `/api/v1/documents/{page}` and in `/help/{page}`.' }),
      title: z.string(),
    }),
  ),
});

/** Answer of `/api/v1/documents/{page}`. */
export const WireHelpDocument = z
  .object({ name: z.string(), markdown: z.string() })
  .meta({ id: 'HelpDocument', description: 'A document for people.' });
