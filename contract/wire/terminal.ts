import { z } from 'zod';

import { wireObject } from './decode.ts';
import { wholeNumber } from './query-values.ts';

export const TerminalQuery = wireObject({
  offset: wholeNumber.optional().meta({ description: 'In bytes; from the beginning without it.' }),
  limit: wholeNumber.optional().meta({ description: 'In bytes; not when following.' }),
  follow: z
    .enum(['0', '1', 'false', 'true'])
    .transform((word) => word === '1' || word === 'true')
    .default(false)
    .meta({ description: 'Goes on until the terminal is closed.' }),
});
export type TerminalQuery = z.infer<typeof TerminalQuery>;

export const TypingQuery = wireObject({
  attach: z.string().max(100).default('').meta({
    description: 'A name of the attachment, made up by the caller: the record tells once of each that types.',
  }),
});

const characters = z.int().min(1).max(1000);

/** In characters. */
export const TerminalSizeRequest = wireObject({ cols: characters, rows: characters }).meta({
  id: 'TerminalSize',
  description: 'How large the terminal is, in characters.',
});
