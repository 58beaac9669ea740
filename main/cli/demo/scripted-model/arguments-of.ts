import { isJsonObject, type JsonObject, parseJson } from '../../../../contract/client/json-value.ts';

/** The input of a tool where it is sent as an object: broken JSON becomes an object that no tool asked for. */
export function argumentsOf(input: string): JsonObject {
  const parsed = parseJson(input);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : { broken: true };
}
