/** How many answers are kept: more than one dashboard asks for, less than anybody notices. */
const MAX_KEPT = 64;

/** A page as it is sent. */
export interface KeptPage {
  readonly body: Buffer;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Answers that stay true while nothing is recorded: whoever asks the same again gets the same bytes. `cursor` is the
 * number of the last event; every change of what is listed comes with one.
 */
export function createKeptAnswers(cursor: () => number) {
  const answers = new Map<string, KeptPage>();
  let keptAt = -1;
  return {
    get(question: string): KeptPage | undefined {
      const now = cursor();
      if (now !== keptAt) answers.clear();
      keptAt = now;
      return answers.get(question);
    },
    /** Call it in the same turn of the loop as the `get` that found nothing: nothing was recorded in between. */
    keep(question: string, answer: KeptPage): KeptPage {
      if (answers.size >= MAX_KEPT) answers.clear();
      answers.set(question, answer);
      return answer;
    },
  };
}
