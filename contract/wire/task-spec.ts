import { z } from 'zod';

import { err, type Result } from '../result.ts';
import { defaultValidationName, TaskSpec } from '../task-spec.ts';
import { decodeWith, wireList, wireObject, wireTimeOrNull } from './decode.ts';
import { joinPath } from './explain-issue.ts';

/** JSON types and names only: what a value may be is said once, by the contract's own `TaskSpec`. */
const text = z.string().optional();
const int = z.int().optional();
const number = z.number().optional();
const texts = wireList(z.string());

/** What a task may call itself. A later one may mean something else by the same keys: it is refused, not guessed at. */
const TASK_VERSIONS = ['v1'] as const;
const version = z.enum(
  ['', ...TASK_VERSIONS],
  `must be one of ${TASK_VERSIONS.map((known) => `"${known}"`).join(', ')}`,
);

export const WireTaskSpec = wireObject({
  version: version.optional(),
  project_id: text,
  run_id: text,
  phase_id: text,
  step_id: text,
  title: text,
  goal: text,
  context: wireObject({ summary: text }).optional(),
  constraints: texts,
  allowed_paths: texts,
  forbidden_paths: texts,
  validations: wireList(
    wireObject({ name: text, command: z.string(), required: z.boolean().optional(), timeout_seconds: int }),
  ),
  acceptance: texts,
  stop_conditions: texts,
  policy_bundle: text,
  adapter_profile: text,
  timeout_seconds: int,
  is_simulation: z.boolean().optional(),
  submission_provenance: wireObject({
    source_kind: text,
    source_name: text,
    original_format: text,
    original_input: text,
    defaults_applied: texts,
  }).optional(),
  required: z.boolean().optional(),
  expects_changes: text,
  recipe: wireObject({
    steps: wireList(
      wireObject({
        run: z.string(),
        cwd: text,
        env: z.record(z.string(), z.string()).optional(),
        timeout_seconds: int,
      }),
    ),
  }).optional(),
  simulation: wireObject({
    duration_ms: int,
    edits: wireList(wireObject({ action: z.string(), path: z.string(), content: text })),
    exit_code: int,
    output_bytes: int,
    question: text,
  }).optional(),
  priority: int,
  not_before: wireTimeOrNull,
  retry: wireObject({
    max_attempts: int,
    base_seconds: number,
    factor: number,
    cap_seconds: number,
    jitter_seconds: number,
    on: z.array(z.string()).optional(),
  }).optional(),
  base_ref: text,
}).meta({ id: 'TaskSpec', description: 'A task. Empty values count as not given.' });
type WireTaskSpec = z.infer<typeof WireTaskSpec>;

/**
 * Reads a submitted task. Inherited clients send every key, so for theirs the empty value is "not given": `""`, 0,
 * `null`, and `false` for `is_simulation`.
 */
export function decodeTaskSpec(value: unknown): Result<TaskSpec, string> {
  const wire = decodeWith(WireTaskSpec, value);
  if (!wire.ok) return err(wire.error);
  return decodeWith(TaskSpec, toContract(wire.value), wirePathOf);
}

const toContract = (wire: WireTaskSpec) => ({
  version: given(wire.version),
  projectId: given(wire.project_id),
  runId: given(wire.run_id),
  phaseId: given(wire.phase_id),
  stepId: given(wire.step_id),
  title: wire.title,
  goal: wire.goal,
  contextSummary: wire.context?.summary,
  constraints: wire.constraints,
  allowedPaths: wire.allowed_paths,
  forbiddenPaths: wire.forbidden_paths,
  validations: wire.validations.map(validationToContract),
  acceptance: wire.acceptance,
  stopConditions: wire.stop_conditions,
  policyBundle: wire.policy_bundle,
  adapterProfile: wire.adapter_profile,
  timeoutSeconds: given(wire.timeout_seconds),
  isSimulation: given(wire.is_simulation),
  expectsChanges: given(wire.expects_changes),
  recipe: recipeToContract(wire.recipe),
  simulation: simulationToContract(wire.simulation),
  priority: wire.priority,
  notBeforeMs: wire.not_before ?? undefined,
  retry: retryToContract(wire.retry),
  baseRef: given(wire.base_ref),
  isRequired: wire.required,
  provenance: provenanceToContract(wire.submission_provenance),
});

/** The empty value of a key that inherited clients always send. */
const given = <T extends string | number | boolean>(value: T | undefined): T | undefined =>
  value === '' || value === 0 || value === false ? undefined : value;

const validationToContract = (wire: WireTaskSpec['validations'][number], index: number) => ({
  name: given(wire.name) ?? defaultValidationName(index),
  command: wire.command,
  required: wire.required,
  timeoutSeconds: given(wire.timeout_seconds),
});

const recipeToContract = (wire: WireTaskSpec['recipe']) =>
  wire && {
    steps: wire.steps.map((step) => ({
      run: step.run,
      cwd: given(step.cwd),
      env: step.env,
      timeoutSeconds: given(step.timeout_seconds),
    })),
  };

const simulationToContract = (wire: WireTaskSpec['simulation']) =>
  wire && {
    durationMs: wire.duration_ms,
    edits: wire.edits.map(editToContract),
    exitCode: wire.exit_code,
    outputBytes: wire.output_bytes,
    question: given(wire.question),
  };

/** The contract tells edits apart by their keys, so content that was not sent must not be there. */
const editToContract = ({ action, path, content }: NonNullable<WireTaskSpec['simulation']>['edits'][number]) =>
  content === undefined ? { action, path } : { action, path, content };

const retryToContract = (wire: WireTaskSpec['retry']) =>
  wire && {
    maxAttempts: wire.max_attempts,
    baseSeconds: wire.base_seconds,
    factor: wire.factor,
    capSeconds: wire.cap_seconds,
    jitterSeconds: wire.jitter_seconds,
    on: wire.on,
  };

function provenanceToContract(wire: WireTaskSpec['submission_provenance']) {
  if (wire === undefined) return undefined;
  return {
    sourceKind: given(wire.source_kind),
    sourceName: given(wire.source_name),
    originalFormat: given(wire.original_format),
    originalInput: given(wire.original_input),
    defaultsApplied: wire.defaults_applied.length === 0 ? undefined : wire.defaults_applied,
  };
}

const WIRE_NAMES: Readonly<Record<string, string>> = {
  contextSummary: 'context.summary',
  notBeforeMs: 'not_before',
  isRequired: 'required',
  provenance: 'submission_provenance',
};

/** The contract's path in the sender's words. Names of environment variables are the sender's own. */
function wirePathOf(path: readonly PropertyKey[]): string {
  const inEnvironment = path.indexOf('env');
  return joinPath(
    path.map((part, index) => {
      if (typeof part !== 'string' || (inEnvironment !== -1 && index > inEnvironment)) return part;
      return WIRE_NAMES[part] ?? part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    }),
  );
}
