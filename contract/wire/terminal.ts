import { z } from 'zod';

import { wireObject } from './decode.ts';
import { streamQuery } from './stream-query.ts';

export const TerminalQuery = streamQuery('Goes on until the terminal is closed.');
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
