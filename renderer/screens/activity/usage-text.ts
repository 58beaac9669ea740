import type { JsonObject } from '../../../contract/client/json-value.ts';
import { formatCount } from '../../words/format-number.ts';

const numberIn = (usage: JsonObject, name: string): number | null => {
  const value = usage[name];
  return typeof value === 'number' ? value : null;
};

/** `12,000 tokens in (8,000 cached), 300 out, $0.31 (estimated)`; empty: nobody told. */
export function usageText(usage: JsonObject): string {
  const input = numberIn(usage, 'input_tokens');
  if (input === null) return '';
  const cached = numberIn(usage, 'cached_input_tokens') ?? 0;
  const cost = numberIn(usage, 'cost_usd');
  const basis = usage['basis'];
  const price = cost === null ? ', cost not reported' : `, $${cost.toFixed(cost < 0.1 ? 4 : 2)}`;
  const from = cached === 0 ? '' : ` (${formatCount(cached)} cached)`;
  const how = typeof basis === 'string' && basis !== 'reported' ? ` (${basis})` : '';
  return `${formatCount(input)} tokens in${from}, ${formatCount(numberIn(usage, 'output_tokens') ?? 0)} out${price}${how}`;
}

/** `Waiting for the model, retry 3 of 10`. */
export const retryText = ({ attempt, max }: { readonly attempt: number; readonly max: number | null }): string =>
  `Waiting for the model, retry ${attempt}${max === null ? '' : ` of ${max}`}`;
