import type { ExecutorLimits } from '../../../../../contract/executor-profile.ts';
import type { FailureClass } from '../../../../../contract/failure-class.ts';
import type { AgentFacts } from './agent-facts.ts';

/** Why a run was ended that would not have ended by itself. */
export interface Trip {
  readonly failureClass: FailureClass;
  readonly summary: string;
}

export interface Watchdogs {
  /** Something was heard of the agent. */
  readonly heard: (bytes: number) => void;
  readonly check: (facts: AgentFacts) => void;
  /** While a person is asked nobody expects anything of the agent. The answer ends the pause. */
  readonly pause: () => () => void;
  readonly dispose: () => void;
  /** What tripped first, or null. */
  readonly tripped: () => Trip | null;
}

/** An agent that asks its model again and again gets nothing the next time either; five can be a bad minute of a service. */
const MAX_FRUITLESS_REQUESTS = 8;

/** Watches one run. `onTrip` is called once. */
export function createWatchdogs(limits: ExecutorLimits, onTrip: (trip: Trip) => void): Watchdogs {
  let trip: Trip | null = null;
  let timer: NodeJS.Timeout | undefined;
  let pauses = 0;
  let isOver = false;
  let bytes = 0;

  const fire = (failureClass: FailureClass, summary: string) => {
    if (trip !== null || isOver) return;
    trip = { failureClass, summary };
    clearTimeout(timer);
    onTrip(trip);
  };
  const restart = () => {
    clearTimeout(timer);
    const { idleSeconds } = limits;
    if (idleSeconds === null || pauses > 0 || isOver || trip !== null) return;
    timer = setTimeout(
      () => fire('no_progress', `Nothing was heard of the agent for ${idleSeconds} seconds`),
      idleSeconds * 1000,
    );
  };
  restart();
  return {
    heard(count) {
      bytes += count;
      restart();
      const { outputBytes } = limits;
      if (outputBytes !== null && bytes > outputBytes) {
        fire('output_flood', `The agent wrote more than ${outputBytes} bytes`);
      }
    },
    check(facts) {
      const trip = findExcess(limits, facts);
      if (trip !== null) fire(trip.failureClass, trip.summary);
    },
    pause() {
      pauses += 1;
      restart();
      let isPaused = true;
      return () => {
        if (!isPaused) return;
        isPaused = false;
        pauses -= 1;
        restart();
      };
    },
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
    tripped: () => trip,
  };
}

function findExcess(limits: ExecutorLimits, facts: AgentFacts): Trip | null {
  if (facts.fruitlessRequests >= MAX_FRUITLESS_REQUESTS) {
    const summary = `The agent asked its model ${facts.fruitlessRequests} times in a row and nothing came of it`;
    return { failureClass: 'request_loop', summary };
  }
  if (limits.modelRequests !== null && facts.modelRequests > limits.modelRequests) {
    return over(`asked its model more than ${limits.modelRequests} times`);
  }
  if (limits.toolCalls !== null && facts.toolCalls > limits.toolCalls) {
    return over(`called more than ${limits.toolCalls} tools`);
  }
  const cost = facts.usage?.costUsd ?? null;
  if (limits.costUsd !== null && cost !== null && cost > limits.costUsd) {
    return over(`used more than ${limits.costUsd} US dollars`);
  }
  return null;
}

const over = (what: string): Trip => ({ failureClass: 'limit_reached', summary: `The agent ${what}` });
