import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { type JsonValue, parseJson } from '../../contract/client/json-value.ts';
import { err, type Result } from '../../contract/result.ts';

/** Fields of a task that are texts: YAML would make numbers of `run_id: 42` and `version: 1.0`, which inherited files write. */
const TEXT_KEYS = new Set(
  [
    'version',
    'project_id',
    'run_id',
    'phase_id',
    'step_id',
    'title',
    'goal',
    'policy_bundle',
    'adapter_profile',
  ].concat(
    ['summary', 'name', 'command', 'run', 'base_ref', 'constraints', 'allowed_paths', 'forbidden_paths'],
    ['acceptance', 'stop_conditions'],
  ),
);

/** A task file: YAML, of which JSON is a part. Empty is `null`. */
export function parseYamlTask(text: string): Result<JsonValue, string> {
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) return err(firstLine(problem.message));
  keepTexts(document.contents);
  return toJson(() => document.toJS());
}

/** Aliases may lead back to themselves, or multiply beyond measure: neither has a JSON form. */
function toJson(read: () => unknown): Result<JsonValue, string> {
  try {
    return parseJson(JSON.stringify(read() ?? null));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return err(/circular/.test(message) ? 'an alias (*) leads back to what it stands in' : firstLine(message));
  }
}

function keepTexts(node: Node | null): void {
  if (isSeq<Node>(node)) for (const item of node.items) keepTexts(item);
  if (isMap<Node, Node | null>(node)) for (const pair of node.items) keepPair(pair);
}

function keepPair({ key, value }: Pair<Node, Node | null>): void {
  if (isScalar(key) && typeof key.value === 'string' && TEXT_KEYS.has(key.value)) {
    asText(value);
    if (isSeq<Node>(value)) for (const item of value.items) asText(item);
  }
  // The environment of a recipe: PORT=8080 is a text there as everywhere.
  if (isScalar(key) && key.value === 'env' && isMap<Node, Node | null>(value)) {
    for (const variable of value.items) asText(variable.value);
  }
  keepTexts(value);
}

function asText(node: Node | null): void {
  const isOther = isScalar(node) && node.value !== null && typeof node.value !== 'string';
  if (isOther && node.source !== undefined) node.value = node.source;
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/:$/, '') ?? text;
