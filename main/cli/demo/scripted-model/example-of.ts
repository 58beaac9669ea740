import { isJsonObject, type JsonValue } from '../../../../contract/client/json-value.ts';
import { fieldOf, listOf, textOf } from './read-json.ts';

/** The smallest value that fits a JSON schema. */
export function exampleOf(schema: JsonValue): JsonValue {
  const [choice] = listOf(schema, 'enum');
  if (choice !== undefined) return choice;
  switch (textOf(schema, 'type')?.toLowerCase() ?? 'object') {
    case 'object':
      return exampleObject(fieldOf(schema, 'properties'));
    case 'array':
      return [];
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 1;
    default:
      return 'scripted';
  }
}

function exampleObject(properties: JsonValue | undefined): JsonValue {
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, exampleOf(schema)]));
}
