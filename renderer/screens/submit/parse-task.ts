import { isJsonObject, type JsonObject, type JsonValue } from '../../../contract/client/json-value.ts';
import { err, ok, type Result } from '../../../contract/result.ts';

/** A task that is written out, as YAML or JSON. The error is a sentence. */
export async function parseTask(text: string, runId: string): Promise<Result<JsonObject, string>> {
  if (text.trim() === '') return err('It is empty.');
  const parsed = await parseYaml(text);
  if (!parsed.ok) return parsed;
  const task = parsed.value;
  if (!isJsonObject(task)) return err('A task is an object with keys, such as goal: Mend the login.');
  const own = task['run_id'];
  if (typeof own === 'string' && own !== '' && own !== runId) {
    return err(`The task is for run ${own}; this page submits to ${runId}. Change its run_id, or take it away.`);
  }
  return ok(task);
}

/** JSON is YAML, too. Loaded when it is needed: few tasks come this way. */
async function parseYaml(text: string): Promise<Result<JsonValue, string>> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) return err(problem.message);
  try {
    const value: JsonValue = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })) ?? 'null');
    return ok(value);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
