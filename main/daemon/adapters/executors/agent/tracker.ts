import type { ExecutorLimits } from '../../../../../contract/executor-profile.ts';
import type { PermissionRequest } from '../../../../../contract/permission.ts';
import type { ExecutorTask } from '../executor.ts';
import type { AgentListener, AgentSignal } from './agent.ts';
import { type AgentFacts, addSignal, noFacts } from './agent-facts.ts';
import { createWatchdogs, type Trip } from './watchdogs.ts';

export interface Tracker {
  readonly listener: AgentListener;
  readonly facts: () => AgentFacts;
  readonly heard: (bytes: number) => void;
  readonly notice: (text: string) => void;
  /** Every open question is answered `cancelled`. */
  readonly cancelQuestions: () => void;
  readonly tripped: () => Trip | null;
  readonly dispose: () => void;
}

export interface TrackerParts {
  readonly task: Pick<ExecutorTask, 'onActivity' | 'askPermission'>;
  readonly limits: ExecutorLimits;
  readonly onTrip: (trip: Trip) => void;
  readonly onFinish: () => void;
}

/** Keeps what is known of a run, tells it on, and lets the watchdogs see it. */
export function createTracker({ task, limits, onTrip, onFinish }: TrackerParts): Tracker {
  let facts = noFacts;
  const calls = new Set<string>();
  const questions = new AbortController();
  const dogs = createWatchdogs(limits, onTrip);

  const signal = (told: AgentSignal) => {
    facts = addSignal(facts, told);
    if (told.of === 'activity') {
      const { activity } = told;
      if (activity.kind === 'tool_call') facts = { ...facts, toolCalls: calls.add(activity.callId).size };
      task.onActivity(activity);
    }
    dogs.check(facts);
  };
  const askPermission = async (request: PermissionRequest, takenBack: AbortSignal) => {
    const resume = dogs.pause();
    try {
      return await task.askPermission(request, AbortSignal.any([takenBack, questions.signal]));
    } finally {
      resume();
    }
  };
  return {
    listener: { signal, askPermission, finish: onFinish },
    facts: () => facts,
    heard: dogs.heard,
    notice: (text) => signal({ of: 'activity', activity: { kind: 'notice', level: 'warning', text } }),
    cancelQuestions: () => questions.abort(),
    tripped: dogs.tripped,
    dispose: () => {
      questions.abort();
      dogs.dispose();
    },
  };
}
