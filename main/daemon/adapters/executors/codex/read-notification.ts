import { assertNever } from '../../../../../contract/result.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import type { Notification, RequestUsage, TurnError } from './app-server-message.ts';
import { classifyError, readableError, type ToldError } from './classify-error.ts';

import { type KnownOfItems, readItem } from './read-item.ts';
import { readRetry } from './read-retry.ts';

export interface TurnSoFar extends KnownOfItems {
  /** Null before the turn has begun: what is told of an older one is not ours. */
  readonly turnId: string | null;
  /** Summed over the requests of this turn. */
  readonly used: RequestUsage;
  /** How often Codex has asked its model again. */
  readonly retries: number;
}

/** What a notification tells. Requests to the model are what a new count of tokens stands for. */
export function readNotification(turn: TurnSoFar, { method, params }: Notification): readonly AgentSignal[] {
  switch (method) {
    case 'item/started':
      return readItem(params.item, 'going_on', turn);
    case 'item/completed':
      return readItem(params.item, 'completed', turn);
    case 'item/agentMessage/delta':
      return [doing({ kind: 'message', text: params.delta, isDelta: true })];
    case 'item/reasoning/summaryTextDelta':
    case 'item/reasoning/textDelta':
      return [doing({ kind: 'thought', text: params.delta, isDelta: true })];
    case 'turn/plan/updated':
      return [doing({ kind: 'plan', entries: params.plan.map(planEntry) })];
    case 'thread/tokenUsage/updated':
      return params.turnId === turn.turnId ? readUsage(turn.used, params.tokenUsage.last) : [];
    case 'error':
      return readError(params, turn.retries);
    case 'warning':
      return [notice(params.message)];
    case 'configWarning':
    case 'deprecationNotice':
      return [notice(params.summary)];
    case 'model/rerouted':
      return [notice(`The model is ${params.toModel} instead of ${params.fromModel}`)];
    case 'turn/completed':
      return readEnd(params.turn);
    case 'serverRequest/resolved':
      return [];
    default:
      return assertNever(method);
  }
}

const notice = (text: string): AgentSignal => doing({ kind: 'notice', level: 'warning', text });

const PLAN_STATUSES = { pending: 'pending', inProgress: 'in_progress', completed: 'completed' } as const;
const isPlanStatus = (word: string): word is keyof typeof PLAN_STATUSES => Object.hasOwn(PLAN_STATUSES, word);

const planEntry = ({ step, status }: { readonly step: string; readonly status: string }) => ({
  content: step,
  status: isPlanStatus(status) ? PLAN_STATUSES[status] : 'pending',
});

export const addUsage = (used: RequestUsage, more: RequestUsage): RequestUsage => ({
  inputTokens: used.inputTokens + more.inputTokens,
  cachedInputTokens: used.cachedInputTokens + more.cachedInputTokens,
  outputTokens: used.outputTokens + more.outputTokens,
});

function readUsage(used: RequestUsage, last: RequestUsage): readonly AgentSignal[] {
  const usage = { ...addUsage(used, last), costUsd: null, basis: 'corrected' } as const;
  return [doing({ kind: 'usage', usage }), { of: 'model_request', isFruitful: true }];
}

function readError(
  { error, willRetry }: { readonly error: TurnError; readonly willRetry: boolean },
  retries: number,
): readonly AgentSignal[] {
  const told = toldError(error);
  const details = error.additionalDetails ?? null;
  const retry = readRetry({
    message: details === null ? error.message : `${error.message} (${details})`,
    status: told.status ?? null,
    number: retries + 1,
  });
  if (retry !== null) return retry;
  return willRetry ? [notice(error.message), { of: 'model_request', isFruitful: false }] : [errorOf(error)];
}

/** The name of an error is a word, or the one key of an object that has its HTTP status. */
function toldError({ message, codexErrorInfo: info }: TurnError): ToldError {
  if (info == null || typeof info === 'string') return { message, name: info ?? null };
  const [name, more] = Object.entries(info)[0] ?? [null, null];
  return { message, name, status: more?.httpStatusCode ?? null };
}

export const errorOf = (error: TurnError): AgentSignal => ({
  of: 'error',
  kind: classifyError(toldError(error)),
  text: readableError(error.message),
});

const readEnd = (turn: {
  readonly status: string;
  readonly error?: TurnError | null | undefined;
}): readonly AgentSignal[] => [
  ...(turn.error == null ? [] : [errorOf(turn.error)]),
  { of: 'terminal', word: turn.status },
];
