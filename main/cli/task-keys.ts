import { isJsonObject, type JsonValue } from '../../contract/client/json-value.ts';
import { nearestWord } from '../../contract/nearest-word.ts';

/** The keys of an object, each with those below it; lists are named by what is in them. `null`: anything goes. */
interface KeyTree {
  readonly [key: string]: KeyTree | null;
}

/** What a TaskSpec has, as the wire names it. The daemon ignores every other key, as inherited ones do. */
const TASK_KEYS: KeyTree = {
  version: null,
  title: null,
  goal: null,
  context: { summary: null },
  adapter_profile: null,
  recipe: { steps: { run: null, cwd: null, env: null, timeout_seconds: null } },
  validations: { name: null, command: null, required: null, timeout_seconds: null },
  retry: { max_attempts: null, base_seconds: null, factor: null, cap_seconds: null, jitter_seconds: null, on: null },
  expects_changes: null,
  allowed_paths: null,
  forbidden_paths: null,
  policy_bundle: null,
  base_ref: null,
  timeout_seconds: null,
  priority: null,
  not_before: null,
  required: null,
  is_simulation: null,
  simulation: { duration_ms: null, edits: null, exit_code: null, output_bytes: null, question: null },
  constraints: null,
  acceptance: null,
  stop_conditions: null,
  project_id: null,
  run_id: null,
  phase_id: null,
  step_id: null,
  submission_provenance: null,
};

/** Written for the task by the client itself. */
const OWN_KEYS = new Set(['submission_provenance']);

/** One sentence for each key of a task that nobody reads: a mistyped `validations` would let everything pass. */
export const unknownTaskKeys = (task: JsonValue): readonly string[] =>
  unknownBelow(task, { tree: TASK_KEYS, path: '' });

interface Place {
  readonly tree: KeyTree;
  /** With its dot, empty at the top. */
  readonly path: string;
}

function unknownBelow(value: JsonValue | undefined, { tree, path }: Place): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => unknownBelow(item, { tree, path }));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const known = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (known === undefined) return [ignoredSentence(key, { tree, path })];
    return known === null ? [] : unknownBelow(below, { tree: known, path: `${path}${key}.` });
  });
}

function ignoredSentence(key: string, { tree, path }: Place): string {
  const near = nearestWord(key, Object.keys(tree));
  return `Ignored, for it is no key of a task: ${path}${key}${near === null ? '' : ` (did you mean ${path}${near}?)`}`;
}

const LINE_WIDTH = 100;

/** Every key, in lines. */
export function explainTaskKeys(): string {
  const lines = [''];
  for (const name of namesBelow(TASK_KEYS)) {
    const line = lines.at(-1) ?? '';
    if (line.length + name.length > LINE_WIDTH) lines.push(`  ${name}`);
    else lines[lines.length - 1] = line === '' ? `  ${name}` : `${line}, ${name}`;
  }
  return lines.join('\n');
}

const namesBelow = (tree: KeyTree): readonly string[] =>
  Object.entries(tree)
    .filter(([key]) => !OWN_KEYS.has(key))
    .map(([key, below]) => (below === null ? key : `${key}{${namesBelow(below).join(' ')}}`));
