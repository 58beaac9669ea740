import { setImmediate } from 'node:timers/promises';

/** Answers questions, in their order. */
export type Look<Question, Answer> = (questions: readonly Question[]) => Promise<readonly Answer[]>;

/**
 * One look answers all who ask before it begins; whoever asks while it lasts waits for the next one, because what was
 * seen may be older than the question. So nobody makes us look more often than the loop turns, however often he asks.
 */
export function askTogether<Question, Answer>(look: Look<Question, Answer>): (question: Question) => Promise<Answer> {
  let next: { readonly questions: Question[]; readonly answers: Promise<readonly Answer[]> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function lookAfter(earlier: Promise<unknown>, questions: readonly Question[]): Promise<readonly Answer[]> {
    await earlier.catch(() => undefined); // told to those who asked then
    await setImmediate();
    next = null;
    return look(questions);
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
