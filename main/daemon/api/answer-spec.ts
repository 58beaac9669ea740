import type { z } from 'zod';

/** One way in which an operation answers when it does what was asked. */
export interface AnswerSpec {
  readonly description: string;
  /** Media type → what is in it; null where it is bytes or text. Empty: there is no body. */
  readonly media: Readonly<Record<string, z.ZodType | null>>;
  /** Name → what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status → answer. */
export type Answers = Readonly<Record<number, AnswerSpec>>;

export const json = (schema: z.ZodType, description: string, headers: AnswerSpec['headers'] = {}): AnswerSpec => ({
  description,
  media: { 'application/json': schema },
  headers,
});

export const bytes = (mediaType: string, description: string, headers: AnswerSpec['headers'] = {}): AnswerSpec => ({
  description,
  media: { [mediaType]: null },
  headers,
});

export const nothing = (description: string): AnswerSpec => ({ description, media: {} });

/** What a list says in its headers when it goes on. */
export const PAGED = { link: 'rel="next": the next page; absent on the last one' } as const;
