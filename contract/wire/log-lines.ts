import { z } from 'zod';

/** Some lines of a log. */
export interface LogLinesView {
  readonly attemptId: string;
  readonly total: number;
  readonly isComplete: boolean;
  readonly lines: readonly { readonly number: number; readonly text: string; readonly isCut: boolean }[];
}

export const encodeLogLines = ({ attemptId, total, isComplete, lines }: LogLinesView) => ({
  total,
  returned: lines.length,
  lines: lines.map(({ text }) => text),
  numbers: lines.map(({ number }) => number),
  cut: lines.filter(({ isCut }) => isCut).map(({ number }) => number),
  complete: isComplete,
  attempt_id: attemptId,
});

/** Where there is no log. */
export const NO_LINES = {
  total: 0,
  returned: 0,
  lines: [],
  numbers: [],
  cut: [],
  complete: true,
  attempt_id: '',
} as const;

export const WireLogLines = z
  .object({
    total: z.int().meta({ description: 'Lines that match, in the whole log.' }),
    returned: z.int(),
    lines: z.array(z.string()),
    numbers: z.array(z.int()).meta({ description: 'Which lines of the log these are, from 0.' }),
    cut: z.array(z.int()).meta({ description: 'The numbers of lines that are longer than what is shown of them.' }),
    complete: z.boolean().meta({ description: 'False: the search took too long and `total` is of what was searched.' }),
    attempt_id: z.string(),
  })
  .meta({ id: 'LogLines', description: 'Lines of a log, or those of them that hold a text.' });
