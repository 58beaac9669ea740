import { z } from 'zod';
import type { Usage } from '../../../../../contract/usage.ts';
import { readJson } from '../agent/parse-line.ts';

const tokens = z.number().nonnegative().max(1e12).transform(Math.round).nullish();
const TokenCount = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cachedReadTokens: tokens,
  cachedWriteTokens: tokens,
  totalTokens: tokens,
  input_tokens: tokens,
  output_tokens: tokens,
});
type TokenCount = z.infer<typeof TokenCount>;

/** The answer to a prompt. Usage is no part of the stable protocol: agents that tell it put it here or into `_meta`. */
const Answer = z.object({
  result: z.object({
    stopReason: z.string(),
    usage: TokenCount.nullish(),
    _meta: z.object({ quota: z.object({ token_count: TokenCount.nullish() }).nullish() }).nullish(),
  }),
});

/** A piece of text with the usage of the request behind it, as Qwen Code tells it. */
const Piece = z.object({
  params: z.object({ update: z.object({ _meta: z.object({ usage: TokenCount }) }) }),
});

/** opencode answers a prompt with the usage of its last request alone. */
const TELLS_LAST_REQUEST = /"agentInfo":\{[^}]*"name":"OpenCode"/;

const Cost = z.object({
  params: z.object({
    update: z.object({ cost: z.object({ amount: z.number().nonnegative(), currency: z.string() }) }),
  }),
});

/** Gathers what a turn used from the lines of the agent. */
export interface UsageMeter {
  /** What was told before is of the session's past. */
  readonly start: () => void;
  readonly take: (line: string) => void;
  /** Null: nothing was told, or not of the whole turn. */
  readonly usage: () => Usage | null;
}

export function createUsageMeter(): UsageMeter {
  let answer: TokenCount | null = null;
  let pieces: Tokens | null = null;
  let costUsd: number | null = null;
  let isWhole = true;
  return {
    start() {
      answer = null;
      pieces = null;
      costUsd = null;
    },
    take(line) {
      if (TELLS_LAST_REQUEST.test(line)) isWhole = false;
      if (!/"(?:usage|quota|cost)"/.test(line)) return;
      const value = readJson(line);
      const told = Answer.safeParse(value);
      if (told.success) answer = told.data.result.usage ?? told.data.result._meta?.quota?.token_count ?? null;
      const piece = Piece.safeParse(value);
      if (piece.success) pieces = add(pieces ?? NO_TOKENS, piece.data.params.update._meta.usage);
      const cost = Cost.safeParse(value);
      if (cost.success && cost.data.params.update.cost.currency === 'USD')
        costUsd = cost.data.params.update.cost.amount;
    },
    usage() {
      if (!isWhole) return null;
      if (answer !== null)
        return { ...add(NO_TOKENS, answer), costUsd, basis: costUsd === null ? 'reported' : 'estimated' };
      return pieces === null ? null : { ...pieces, costUsd, basis: 'corrected' };
    },
  };
}

type Tokens = Omit<Usage, 'costUsd' | 'basis'>;

const NO_TOKENS: Tokens = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

/** Some count cached tokens among the input, some beside it: the total tells which. */
function add(soFar: Tokens, count: TokenCount): Tokens {
  const input = count.inputTokens ?? count.input_tokens ?? 0;
  const output = count.outputTokens ?? count.output_tokens ?? 0;
  const cached = (count.cachedReadTokens ?? 0) + (count.cachedWriteTokens ?? 0);
  const isBeside = count.totalTokens != null && count.totalTokens >= input + output + cached;
  return {
    inputTokens: soFar.inputTokens + (isBeside ? input + cached : input),
    cachedInputTokens: soFar.cachedInputTokens + (count.cachedReadTokens ?? 0),
    outputTokens: soFar.outputTokens + output,
  };
}
