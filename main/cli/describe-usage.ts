import type { JsonObject } from '../../contract/client/json-value.ts';
import { numberIn, textIn } from './payload-fields.ts';

/** `900 tokens in (100 cached), 30 out, 0.25 USD (reported)`; empty: nobody told. */
export function describeUsage(usage: JsonObject): string {
  const input = numberIn(usage, 'input_tokens');
  if (input === null) return '';
  const cached = numberIn(usage, 'cached_input_tokens') ?? 0;
  const cost = numberIn(usage, 'cost_usd');
  const price = cost === null ? '' : `, ${Number(cost.toFixed(4))} USD`;
  const basis = textIn(usage, 'basis');
  const how = basis === '' ? '' : ` (${basis})`;
  return `${input} tokens in${cached === 0 ? '' : ` (${cached} cached)`}, ${numberIn(usage, 'output_tokens') ?? 0} out${price}${how}`;
}
