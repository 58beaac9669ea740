import type { PermissionRequest } from '../../../../../contract/permission.ts';
import type { AskPermission } from '../executor.ts';

export interface AgentQuestions {
  readonly ask: AskPermission;
  /** Every open question is answered `cancelled`, and so is every later one. */
  readonly cancel: () => void;
}

export interface QuestionParts {
  readonly ask: AskPermission;
  /** Stops the watchdogs while a person is asked; gives what lets them go on. */
  readonly pause: () => () => void;
  readonly onReject: (request: PermissionRequest) => void;
  /** Told in words: no more answers will change what it asks. */
  readonly onLoop: (summary: string) => void;
  /** Drivers wait for answers only: nobody else would hear of it. */
  readonly onBug: (error: unknown) => void;
}

/** Each is in the record; rules may answer thousands in a long day of work. */
export const MAX_QUESTIONS = 5000;
/** Who hears no that often asks for what it will not get, whatever it tries next. */
export const MAX_REJECTED_IN_A_ROW = 50;

/** What an agent asks to be allowed, one question after another. */
export function createQuestions({ ask, pause, onReject, onLoop, onBug }: QuestionParts): AgentQuestions {
  const cancelled = new AbortController();
  const nextTurn = createTurns();
  let asked = 0;
  let rejectedInARow = 0;
  return {
    cancel: () => cancelled.abort(),
    async ask(request, takenBack) {
      asked += 1;
      if (asked > MAX_QUESTIONS) {
        onLoop(`The agent asked more than ${MAX_QUESTIONS} times to be allowed something`);
        return { answer: 'cancelled' };
      }
      const goOn = pause();
      try {
        await nextTurn();
        const answer = await ask(request, AbortSignal.any([takenBack, cancelled.signal]));
        if (answer.answer === 'reject') onReject(request);
        rejectedInARow = answer.answer === 'reject' ? rejectedInARow + 1 : 0;
        if (rejectedInARow >= MAX_REJECTED_IN_A_ROW)
          onLoop(`The agent asked to be allowed something and heard no ${rejectedInARow} times in a row`);
        return answer;
      } catch (error) {
        onBug(error);
        return { answer: 'cancelled' };
      } finally {
        goOn();
      }
    },
  };
}

/** Each question is a commit, and an agent that asks thousands of times at once would hold up everybody. */
function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    return last;
  };
}
