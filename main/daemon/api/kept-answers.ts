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
 * number of the last event; every change of what is listed comes with one. What was asked once is not kept: whatever
 * stays only to be thrown away at the next event is paid for in collections of garbage.
 */
export function createKeptAnswers(cursor: () => number) {
  const askedOnce = new Set<string>();
  const answers = new Map<string, KeptPage>();
  let keptAt = -1;

  function forgetOlderThan(now: number): void {
    if (now === keptAt) return;
    keptAt = now;
    askedOnce.clear();
    answers.clear();
  }

  return {
    get(question: string): KeptPage | undefined {
      forgetOlderThan(cursor());
      return answers.get(question);
    },
    /** Call it in the same turn of the loop as the `get` that found nothing: nothing was recorded in between. */
    keep(question: string, answer: KeptPage): KeptPage {
      if (!askedOnce.delete(question)) {
        if (askedOnce.size >= MAX_KEPT) askedOnce.clear();
        askedOnce.add(question);
        return answer;
      }
      if (answers.size >= MAX_KEPT) answers.clear();
      answers.set(question, answer);
      return answer;
    },
  };
}
