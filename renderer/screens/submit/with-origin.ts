import type { JsonObject } from '../../../contract/client/json-value.ts';
import type { Draft } from './drafts.ts';

/** With what was typed or read, word for word: it is kept as evidence beside the task. */
export function withOrigin(
  task: JsonObject,
  { draft, isText }: { readonly draft: Draft; readonly isText: boolean },
): JsonObject {
  const { fileName, form, text } = draft;
  const isJson = isText && text.trimStart().startsWith('{');
  const kind = isText ? (isJson ? 'task_json' : 'task_file') : fileName === '' ? 'goal' : 'prompt_file';
  return {
    ...task,
    submission_provenance: {
      source_kind: kind,
      source_name: fileName,
      original_format: isText ? (isJson ? 'json' : 'yaml') : 'text',
      original_input: isText ? text : form.goal,
    },
  };
}
