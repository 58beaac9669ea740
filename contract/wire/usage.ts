import { Usage } from '../usage.ts';
import { wireObject } from './decode.ts';

export const encodeUsage = (usage: Usage) => ({
  input_tokens: usage.inputTokens,
  cached_input_tokens: usage.cachedInputTokens,
  output_tokens: usage.outputTokens,
  cost_usd: usage.costUsd,
  basis: usage.basis,
});

const { inputTokens, cachedInputTokens, outputTokens, costUsd, basis } = Usage.shape;

export const WireUsage = wireObject({
  input_tokens: inputTokens,
  cached_input_tokens: cachedInputTokens,
  output_tokens: outputTokens,
  cost_usd: costUsd.default(null),
  basis,
})
  .transform(
    (wire): Usage => ({
      inputTokens: wire.input_tokens,
      cachedInputTokens: wire.cached_input_tokens,
      outputTokens: wire.output_tokens,
      costUsd: wire.cost_usd,
      basis: wire.basis,
    }),
  )
  .meta({ id: 'Usage', description: 'What an attempt used, over its whole life. Cost in US dollars.' });
