import type { ExecutorLimits } from '../../../../../contract/executor-profile.ts';
import type { ExecutorTask } from '../executor.ts';
import type { AgentListener, AgentSignal } from './agent.ts';
import { type AgentFacts, addSignal, noFacts } from './agent-facts.ts';
import { boundSignal } from './bound-signal.ts';
import { createRepetition } from './repeated-calls.ts';
import { isSessionName } from './session-name.ts';
import { createWatchdogs, type Trip } from './watchdogs.ts';

export interface Tracker {
  readonly listener: AgentListener;
  readonly facts: () => AgentFacts;
  readonly heard: (bytes: number) => void;
  readonly notice: (text: string) => void;
  /** Calls into a driver. What it throws is a fault of ours: it ends this run, not the daemon. */
  readonly guard: (call: () => void) => void;
  /** Every open question is answered `cancelled`. */
  readonly cancelQuestions: () => void;
  /** What ended the run before the agent had told an end of its own. */
  readonly tripped: () => Trip | null;
  /** Nothing is told any more. */
  readonly dispose: () => void;
}

export interface TrackerParts {
  readonly task: Pick<ExecutorTask, 'onActivity' | 'askPermission'>;
  readonly limits: ExecutorLimits;
  readonly onTrip: (trip: Trip) => void;
  readonly onFinish: () => void;
}

/** So many calls are told apart; beyond that they are not counted any more. */
const MAX_CALLS = 100_000;

/** One after another: each question is a commit, and an agent that asks thousands of times at once would hold up everybody. */
function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise<void>((resolve) => setImmediate(resolve)));
    return last;
  };
}

/** Keeps what is known of a run, tells it on, and lets the watchdogs see it. */
export function createTracker({ task, limits, onTrip, onFinish }: TrackerParts): Tracker {
  let facts = noFacts;
  let trip: Trip | null = null;
  let isOver = false;
  const calls = new Set<string>();
  const repetition = createRepetition();
  const questions = new AbortController();
  const nextTurn = createTurns();
  const dogs = createWatchdogs(limits, (tripped) => {
    if (facts.terminal === null) trip = tripped;
    onTrip(tripped);
  });

  const countCall = (callId: string): number => {
    if (calls.size < MAX_CALLS) calls.add(callId);
    return calls.size;
  };
  const signal = (unbounded: AgentSignal) => {
    if (isOver) return;
    const told = boundSignal(unbounded);
    if (told.of === 'activity' && told.activity.kind === 'session' && !isSessionName(told.activity.session)) {
      notice('What the agent calls its session is no name of one: it cannot be gone on with');
      return;
    }
    facts = addSignal(facts, told);
    if (told.of === 'activity') {
      const { activity } = told;
      if (activity.kind === 'tool_call') {
        facts = { ...facts, toolCalls: countCall(activity.callId), sameCalls: repetition(activity) };
      }
      task.onActivity(activity);
    }
    if (facts.terminal === null) dogs.check(facts);
  };
  const notice = (text: string) => signal({ of: 'activity', activity: { kind: 'notice', level: 'warning', text } });
  const fail = (error: unknown) =>
    dogs.trip({ failureClass: 'adapter_failed', summary: `Codencer could not follow the agent: ${String(error)}` });
  const askPermission: AgentListener['askPermission'] = async (request, takenBack) => {
    const resume = dogs.pause();
    try {
      await nextTurn();
      const answer = await task.askPermission(request, AbortSignal.any([takenBack, questions.signal]));
      // Not every agent tells that it was not allowed something.
      if (answer.answer === 'reject')
        signal({ of: 'denial', text: `${request.tool} was not allowed: ${request.title}` });
      return answer;
    } catch (error) {
      fail(error); // Drivers wait for answers only: nobody else would hear of it.
      return { answer: 'cancelled' };
    } finally {
      resume();
    }
  };
  const guard = (call: () => void) => {
    try {
      call();
    } catch (error) {
      fail(error);
    }
  };
  return {
    listener: { signal, askPermission, finish: onFinish },
    facts: () => facts,
    heard: dogs.heard,
    notice,
    guard,
    cancelQuestions: () => questions.abort(),
    tripped: () => trip,
    dispose: () => {
      isOver = true;
      questions.abort();
      dogs.dispose();
    },
  };
}
