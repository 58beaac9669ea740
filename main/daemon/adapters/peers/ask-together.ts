import { setImmediate, setTimeout } from 'node:timers/promises';

/** Answers questions, in their order. */
export type Look<Question, Answer> = (questions: readonly Question[]) => Promise<readonly Answer[]>;

/**
 * One look answers all who ask before it begins; whoever asks while it lasts waits for the next one, because what was
 * seen may be older than the question. After a look there is none for as long as it took: whoever floods us with
 * questions leaves half of the time to everybody else.
 */
export function askTogether<Question, Answer>(look: Look<Question, Answer>): (question: Question) => Promise<Answer> {
  let next: { readonly questions: Question[]; readonly answers: Promise<readonly Answer[]> } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let restsUntilMs = 0;

  async function lookAfter(earlier: Promise<unknown>, questions: readonly Question[]): Promise<readonly Answer[]> {
    await earlier.catch(() => undefined); // told to those who asked then
    const restMs = restsUntilMs - performance.now();
    await (restMs > 0 ? setTimeout(restMs) : setImmediate());
    next = null;
    const beganAtMs = performance.now();
    try {
      return await look(questions);
    } finally {
      restsUntilMs = 2 * performance.now() - beganAtMs;
    }
  }

  return async (question) => {
    if (next === null) {
      const questions: Question[] = [];
      next = { questions, answers: lookAfter(last, questions) };
      last = next.answers;
    }
    const index = next.questions.push(question) - 1;
    const answer = (await next.answers)[index];
    if (answer === undefined) throw new Error('a look has passed over a question');
    return answer;
  };
}
