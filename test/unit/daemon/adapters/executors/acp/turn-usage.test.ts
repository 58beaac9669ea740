import { expect, it } from 'vitest';
import { createUsageMeter } from '../../../../../../main/daemon/adapters/executors/acp/turn-usage.ts';

it('ACP-7: takes time that grows with the pieces, not with their square', () => {
  const meter = createUsageMeter();
  const usage = { inputTokens: 2, outputTokens: 1, cachedReadTokens: 1 };
  const line = JSON.stringify({ params: { update: { _meta: { usage } } } });
  for (let left = 200_000; left > 0; left -= 1) meter.take(line);
  expect(meter.usage()).toEqual({
    inputTokens: 400_000,
    cachedInputTokens: 200_000,
    outputTokens: 200_000,
    costUsd: null,
    basis: 'corrected',
  });
});
