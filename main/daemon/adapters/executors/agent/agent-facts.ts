import type { Activity } from '../../../../../contract/activity.ts';
import { assertNever } from '../../../../../contract/result.ts';
import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentFailure, AgentSignal } from './agent.ts';

/** Everything that was understood of one run, for the one who judges it. */
export interface AgentFacts {
  readonly terminal: string | null;
  readonly answer: string;
  readonly questions: readonly string[];
  /** The newest last. */
  readonly errors: readonly AgentFailure[];
  readonly denials: readonly string[];
  readonly doubts: readonly string[];
  readonly brokenCalls: number;
  /** Calls, however often something is told of one. */
  readonly toolCalls: number;
  /** The last calls that were the same, with the same result. */
  readonly sameCalls: number;
  readonly modelRequests: number;
  /** The last model requests of which nothing came, one after another. */
  readonly fruitlessRequests: number;
  /** Of the last of them, when it is known. */
  readonly refusal: AgentFailure | null;
  readonly session: string | null;
  readonly model: string | null;
  readonly usage: Usage | null;
}

export const noFacts: AgentFacts = {
  terminal: null,
  answer: '',
  questions: [],
  errors: [],
  denials: [],
  doubts: [],
  brokenCalls: 0,
  toolCalls: 0,
  sameCalls: 0,
  modelRequests: 0,
  fruitlessRequests: 0,
  refusal: null,
  session: null,
  model: null,
  usage: null,
};

const MAX_KEPT = 20;
const keepLast = <Item>(items: readonly Item[], item: Item): readonly Item[] => [...items, item].slice(-MAX_KEPT);

/** Programs tell zeros of what they do not know, as of a service that refused them. */
export const isNothing = ({ inputTokens, outputTokens, costUsd }: Usage): boolean =>
  inputTokens === 0 && outputTokens === 0 && (costUsd ?? 0) === 0;

/** The facts after one more signal. */
export function addSignal(facts: AgentFacts, signal: AgentSignal): AgentFacts {
  switch (signal.of) {
    case 'activity':
      return addActivity(facts, signal.activity);
    case 'answer':
      return signal.text.trim() === '' ? facts : { ...facts, answer: signal.text };
    case 'question':
      return { ...facts, questions: keepLast(facts.questions, signal.text) };
    case 'error':
      return { ...facts, errors: keepLast(facts.errors, { kind: signal.kind, text: signal.text }) };
    case 'terminal':
      return { ...facts, terminal: signal.word };
    case 'model_request':
      return {
        ...facts,
        modelRequests: facts.modelRequests + 1,
        fruitlessRequests: signal.isFruitful ? 0 : facts.fruitlessRequests + 1,
        refusal: signal.refusal ?? null,
      };
    case 'broken_call':
      return { ...facts, brokenCalls: facts.brokenCalls + 1 };
    case 'denial':
      return { ...facts, denials: keepLast(facts.denials, signal.text) };
    case 'doubt':
      return { ...facts, doubts: keepLast(facts.doubts, signal.text) };
    default:
      return assertNever(signal);
  }
}

function addActivity(facts: AgentFacts, activity: Activity): AgentFacts {
  if (activity.kind === 'session') {
    return { ...facts, session: activity.session, model: activity.model ?? facts.model };
  }
  return activity.kind === 'usage' && !isNothing(activity.usage) ? { ...facts, usage: activity.usage } : facts;
}
