import type { Recipe, RetryRule, Simulation, SubmissionProvenance, TaskSpec, ValidationSpec } from '../task-spec.ts';
import { listOrAbsent, listOrNull, textOrAbsent } from './encode-json.ts';
import { formatTime } from './time.ts';

/** A task as it is sent, and as `normalized-task.json` holds it: inherited keys always, added ones only when they say something. */
export const encodeTaskSpec = (spec: TaskSpec) => ({
  version: spec.version,
  project_id: spec.projectId ?? '',
  run_id: spec.runId ?? '',
  phase_id: spec.phaseId ?? '',
  step_id: spec.stepId ?? '',
  title: spec.title,
  goal: spec.goal,
  context: { summary: spec.contextSummary },
  constraints: listOrNull(spec.constraints),
  allowed_paths: listOrNull(spec.allowedPaths),
  forbidden_paths: listOrNull(spec.forbiddenPaths),
  validations: listOrNull(spec.validations.map(encodeValidationSpec)),
  acceptance: listOrNull(spec.acceptance),
  stop_conditions: listOrNull(spec.stopConditions),
  policy_bundle: spec.policyBundle,
  adapter_profile: spec.adapterProfile,
  timeout_seconds: spec.timeoutSeconds ?? 0,
  is_simulation: spec.isSimulation ?? false,
  submission_provenance: spec.provenance && encodeProvenance(spec.provenance),
  required: spec.isRequired ? undefined : false,
  expects_changes: spec.expectsChanges === 'unknown' ? undefined : spec.expectsChanges,
  recipe: spec.recipe && encodeRecipe(spec.recipe),
  simulation: spec.simulation && encodeSimulation(spec.simulation),
  priority: spec.priority === 0 ? undefined : spec.priority,
  not_before: spec.notBeforeMs === undefined ? undefined : formatTime(spec.notBeforeMs),
  retry: spec.retry && encodeRetry(spec.retry),
  base_ref: spec.baseRef,
});

const DEFAULT_VALIDATION_SECONDS = 600;

const encodeValidationSpec = ({ name, command, required, timeoutSeconds }: ValidationSpec) => ({
  name,
  command,
  required: required ? undefined : false,
  timeout_seconds: timeoutSeconds === DEFAULT_VALIDATION_SECONDS ? undefined : timeoutSeconds,
});

const encodeProvenance = (provenance: SubmissionProvenance) => ({
  source_kind: provenance.sourceKind,
  source_name: textOrAbsent(provenance.sourceName ?? null),
  original_format: textOrAbsent(provenance.originalFormat ?? null),
  original_input: textOrAbsent(provenance.originalInput ?? null),
  defaults_applied: listOrAbsent(provenance.defaultsApplied ?? []),
});

export const encodeRecipe = ({ steps }: Recipe) => ({
  steps: steps.map(({ run, cwd, env, timeoutSeconds }) => ({
    run,
    cwd,
    env: Object.keys(env).length === 0 ? undefined : env,
    timeout_seconds: timeoutSeconds,
  })),
});

const encodeSimulation = (simulation: Simulation) => ({
  duration_ms: simulation.durationMs,
  edits: listOrAbsent(simulation.edits),
  exit_code: simulation.exitCode,
  output_bytes: simulation.outputBytes,
  question: textOrAbsent(simulation.question ?? null),
});

const encodeRetry = (rule: RetryRule) => ({
  max_attempts: rule.maxAttempts,
  base_seconds: rule.baseSeconds,
  factor: rule.factor,
  cap_seconds: rule.capSeconds,
  jitter_seconds: rule.jitterSeconds,
  on: rule.on,
});
