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
  /** Drivers wait for answers only: nobody else would hear of it. */
  readonly onBug: (error: unknown) => void;
}

/** What an agent asks to be allowed, one question after another. */
export function createQuestions({ ask, pause, onReject, onBug }: QuestionParts): AgentQuestions {
  const cancelled = new AbortController();
  const nextTurn = createTurns();
  return {
    cancel: () => cancelled.abort(),
    async ask(request, takenBack) {
      const goOn = pause();
      try {
        await nextTurn();
        const answer = await ask(request, AbortSignal.any([takenBack, cancelled.signal]));
        if (answer.answer === 'reject') onReject(request);
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
