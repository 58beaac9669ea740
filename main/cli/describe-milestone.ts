import type { JsonObject } from '../../contract/client/json-value.ts';
import { describeRetry } from './describe-retry.ts';
import { describeUsage } from './describe-usage.ts';
import { before, numberIn, textIn } from './payload-fields.ts';

/** What an agent reached, on one line; null: the payload is of another kind of progress. */
export function describeMilestone(payload: JsonObject): string | null {
  const text = (name: string): string => textIn(payload, name);
  switch (payload['kind']) {
    case 'session':
      return `session ${text('session')}${text('model') === '' ? '' : `, model ${text('model')}`}`;
    case 'tool_begun':
    case 'tool_ended':
      return describeTool(payload);
    case 'plan':
      return `plan: ${numberIn(payload, 'completed') ?? 0} of ${numberIn(payload, 'entries') ?? 0} done${before(', now ', text('current'))}`;
    case 'retry':
      return describeRetry({
        attempt: numberIn(payload, 'attempt') ?? 1,
        max: numberIn(payload, 'max'),
        text: text('text'),
      });
    case 'notice':
      return `error: ${text('text')}`;
    case 'usage':
      return describeEnd(payload);
    default:
      return null;
  }
}

function describeTool(payload: JsonObject): string {
  const name = textIn(payload, 'name') || textIn(payload, 'tool') || 'tool';
  const exit = numberIn(payload, 'exit_code');
  const ended = payload['kind'] === 'tool_ended' ? ` ${textIn(payload, 'status')}` : '';
  return `${name}${ended}${exit === null ? '' : `, exit ${exit}`}${before(': ', textIn(payload, 'title'))}`;
}

function describeEnd(payload: JsonObject): string {
  const dropped = numberIn(payload, 'dropped');
  const rest = dropped === null ? '' : `${dropped} milestones were not recorded`;
  const used = describeUsage(payload);
  return [used === '' ? '' : `used ${used}`, rest].filter((part) => part !== '').join('; ');
}
