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
  /** Something else than a limit ends the run. */
  readonly trip: (trip: Trip) => void;
  readonly dispose: () => void;
}

/** An agent that asks its model again and again gets nothing the next time either; five can be a bad minute of a service. */
const MAX_FRUITLESS_REQUESTS = 8;
/** Looking whether something is there by now can take a while; with the same result so often it takes for ever. */
const MAX_SAME_CALLS = 25;
/** A timer that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Watches one run. `onTrip` is called once at most. */
export function createWatchdogs(limits: ExecutorLimits, onTrip: (trip: Trip) => void): Watchdogs {
  let timer: NodeJS.Timeout | undefined;
  let pauses = 0;
  let isOver = false;
  let bytes = 0;

  const fire = (trip: Trip) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    onTrip(trip);
  };
  const restart = () => {
    clearTimeout(timer);
    const { idleSeconds } = limits;
    if (idleSeconds === null || pauses > 0 || isOver) return;
    const summary = `Nothing was heard of the agent for ${idleSeconds} seconds`;
    const idleMs = Math.min(idleSeconds * 1000, LONGEST_TIMER_MS);
    timer = setTimeout(() => fire({ failureClass: 'no_progress', summary }), idleMs);
  };
  restart();
  return {
    heard(count) {
      bytes += count;
      restart();
      const { outputBytes } = limits;
      if (outputBytes !== null && bytes > outputBytes) {
        fire({ failureClass: 'output_flood', summary: `The agent wrote more than ${outputBytes} bytes` });
      }
    },
    check(facts) {
      const excess = findExcess(limits, facts);
      if (excess !== null) fire(excess);
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
    trip: fire,
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

function findExcess(limits: ExecutorLimits, facts: AgentFacts): Trip | null {
  if (facts.fruitlessRequests >= MAX_FRUITLESS_REQUESTS) {
    const summary = `The agent asked its model ${facts.fruitlessRequests} times in a row and nothing came of it`;
    return { failureClass: 'request_loop', summary, ...reasonIn(facts) };
  }
  if (facts.sameCalls >= MAX_SAME_CALLS) {
    const summary = `The agent called the same tool ${facts.sameCalls} times in a row, with the same input and the same result`;
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

/** A service that refuses says why: that is more than that it was asked again and again. */
function reasonIn({ refusal, errors }: AgentFacts): Partial<Trip> {
  const last = refusal ?? errors.at(-1);
  if (last?.kind === 'auth') return { failureClass: 'auth_failed', summary: last.text };
  if (last?.kind === 'rate_limit') return { failureClass: 'rate_limited', summary: last.text };
  return {};
}

const over = (what: string): Trip => ({ failureClass: 'limit_reached', summary: `The agent ${what}` });
