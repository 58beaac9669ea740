import type { ExecutorLimits } from '../../../../../contract/executor-profile.ts';
import type { ExecutorTask } from '../executor.ts';
import type { AgentListener, AgentSignal } from './agent.ts';
import { type AgentFacts, addSignal, isNothing, noFacts } from './agent-facts.ts';
import { MAX_UNREAD_BYTES } from './agent-input.ts';
import { createQuestions } from './agent-questions.ts';
import { boundSignal } from './bound-signal.ts';
import { createCallCount } from './count-calls.ts';
import { doing } from './doing.ts';
import { isSessionName } from './session-name.ts';
import { createWatchdogs, type Trip } from './watchdogs.ts';

export interface Tracker {
  readonly listener: AgentListener;
  readonly facts: () => AgentFacts;
  readonly heard: (bytes: number) => void;
  readonly notice: (text: string) => void;
  /** The agent does not read what it is told. */
  readonly unread: () => void;
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
  readonly task: Pick<ExecutorTask, 'onActivity' | 'askPermission' | 'resumeSession'>;
  readonly limits: ExecutorLimits;
  readonly onTrip: (trip: Trip) => void;
  readonly onFinish: () => void;
}

/** Keeps what is known of a run, tells it on, and lets the watchdogs see it. */
export function createTracker({ task, limits, onTrip, onFinish }: TrackerParts): Tracker {
  let facts = noFacts;
  let trip: Trip | null = null;
  let isOver = false;
  const countCall = createCallCount();
  const dogs = createWatchdogs(limits, (tripped) => {
    if (facts.terminal === null) trip = tripped;
    onTrip(tripped);
  });

  const take = (told: AgentSignal) => {
    facts = addSignal(facts, told);
    if (told.of === 'activity') {
      const { activity } = told;
      if (activity.kind === 'tool_call') facts = { ...facts, ...countCall(activity) };
      task.onActivity(activity);
    }
    if (facts.terminal === null) dogs.check(facts);
  };
  const signal = (unbounded: AgentSignal) => {
    if (isOver || tellsNothing(unbounded)) return;
    const told = boundSignal(unbounded);
    const other = otherSession(told);
    if (other !== null) dogs.trip({ failureClass: 'adapter_failed', summary: other });
    take(namesNoSession(told) ? warningOf(NO_SESSION_NAME) : told);
  };
  /** A vendor may begin anew and say nothing of it: the answer would be told to somebody who knows nothing. */
  const otherSession = (told: AgentSignal): string | null => {
    if (told.of !== 'activity' || told.activity.kind !== 'session') return null;
    const { resumeSession } = task;
    const isOther = resumeSession !== null && told.activity.session !== resumeSession;
    return isOther ? `The agent did not go on with session ${resumeSession}: it began another one` : null;
  };
  const fail = (error: unknown) =>
    dogs.trip({ failureClass: 'adapter_failed', summary: `Codencer could not follow the agent: ${String(error)}` });
  const questions = createQuestions({
    ask: task.askPermission,
    pause: dogs.pause,
    // Not every agent tells that it was not allowed something.
    onReject: ({ tool, title }) => signal({ of: 'denial', text: `${tool} was not allowed: ${title}` }),
    onLoop: (summary) => dogs.trip({ failureClass: 'request_loop', summary }),
    onBug: fail,
  });
  return {
    listener: { signal, askPermission: questions.ask, finish: onFinish },
    facts: () => facts,
    heard: dogs.heard,
    notice: (text) => signal(warningOf(text)),
    unread: () => dogs.trip(UNREAD),
    guard(call) {
      try {
        call();
      } catch (error) {
        fail(error);
      }
    },
    cancelQuestions: questions.cancel,
    tripped: () => trip,
    dispose() {
      isOver = true;
      questions.cancel();
      dogs.dispose();
    },
  };
}

const UNREAD: Trip = {
  failureClass: 'input_unread',
  summary: `The agent does not read what it is told: more than ${MAX_UNREAD_BYTES / 1024 / 1024} MiB wait for it`,
};

const NO_SESSION_NAME = 'What the agent calls its session is no name of one: it cannot be gone on with';

const namesNoSession = (told: AgentSignal): boolean =>
  told.of === 'activity' && told.activity.kind === 'session' && !isSessionName(told.activity.session);

const tellsNothing = (told: AgentSignal): boolean =>
  told.of === 'activity' && told.activity.kind === 'usage' && isNothing(told.activity.usage);

const warningOf = (text: string): AgentSignal => doing({ kind: 'notice', level: 'warning', text });
