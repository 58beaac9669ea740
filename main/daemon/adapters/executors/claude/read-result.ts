import type { Usage } from '../../../../../contract/usage.ts';
import type { AgentSignal } from '../agent/agent.ts';
import { doing } from '../agent/doing.ts';
import { errorSentence } from '../agent/error-sentence.ts';
import { titleOf } from '../agent/tool-words.ts';
import type { Dialect } from './dialect.ts';
import { errorKindOf } from './error-kind.ts';
import type { StreamResult, TokenCounts } from './stream-message.ts';

/** The last message of a run: what was not allowed, what was used, and how it ended. */
export function readResult(
  result: StreamResult,
  { cachedTokens }: Pick<Dialect, 'cachedTokens'>,
): readonly AgentSignal[] {
  const denials = (result.permission_denials ?? []).map(({ tool_name, tool_input }) => ({
    of: 'denial' as const,
    text: `${tool_name} was not allowed: ${titleOf(tool_name, tool_input)}`,
  }));
  const usage = usageOf(result, cachedTokens);
  return [...denials, ...(usage === null ? [] : [doing({ kind: 'usage', usage })]), ...endOf(result)];
}

/** `success` with `is_error` is what an API failure is told as. */
function endOf(result: StreamResult): readonly AgentSignal[] {
  const isAborted = result.terminal_reason?.startsWith('aborted') === true;
  const isFalseSuccess = result.subtype === 'success' && result.is_error === true;
  const word = isAborted ? 'aborted' : isFalseSuccess ? 'success/error' : result.subtype;
  const end = { of: 'terminal', word } as const;
  if (result.is_error !== true && result.subtype === 'success') {
    return result.result == null ? [end] : [{ of: 'answer', text: result.result }, end];
  }
  const text = errorTextOf(result);
  return [{ of: 'error', kind: errorKindOf(result.api_error_status ?? null, text), text }, end];
}

function errorTextOf({ errors, error, result, subtype }: StreamResult): string {
  if (errors != null && errors.length > 0) return errors.join('; ');
  const told = typeof error === 'string' ? error : error?.message;
  return errorSentence(told ?? result ?? subtype);
}

function usageOf(
  { usage, total_cost_usd, modelUsage }: StreamResult,
  cachedTokens: Dialect['cachedTokens'],
): Usage | null {
  if (usage == null) return null;
  const isPriceKnown = Object.values(modelUsage ?? {}).every(({ costBasis }) => costBasis !== 'unknown');
  const costUsd = isPriceKnown ? (total_cost_usd ?? null) : null;
  return { ...tokensOf(usage, cachedTokens), costUsd, basis: costUsd === null ? 'reported' : 'estimated' };
}

function tokensOf(
  counts: TokenCounts,
  cachedTokens: Dialect['cachedTokens'],
): Pick<Usage, 'inputTokens' | 'cachedInputTokens' | 'outputTokens'> {
  const [fresh, read, created, output] = [
    counts.input_tokens,
    counts.cache_read_input_tokens,
    counts.cache_creation_input_tokens,
    counts.output_tokens,
  ].map((tokens) => Math.round(tokens ?? 0));
  return {
    inputTokens: (fresh ?? 0) + (cachedTokens === 'beside' ? (read ?? 0) + (created ?? 0) : 0),
    cachedInputTokens: read ?? 0,
    outputTokens: output ?? 0,
  };
}
