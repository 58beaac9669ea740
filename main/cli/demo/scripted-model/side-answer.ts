import type { JsonValue } from '../../../../contract/client/json-value.ts';
import { TOKENS } from './wire-format.ts';

const MODEL = {
  id: 'scripted-model',
  object: 'model',
  type: 'model',
  created: 1,
  owned_by: 'codencer',
  display_name: 'Scripted model',
};

/** What agents ask beside the conversation: which models there are, how many tokens a text has. Null for all else. */
export function sideAnswer(path: string): JsonValue | null {
  if (path.endsWith('/models')) return { object: 'list', data: [MODEL], models: [], has_more: false };
  if (path.endsWith('/messages/count_tokens')) return { input_tokens: TOKENS.input };
  if (path.endsWith(':countTokens')) return { totalTokens: TOKENS.input };
  return null;
}
