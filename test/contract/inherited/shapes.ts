import { z } from 'zod';

/**
 * What inherited clients find in a body: names, types, `null` lists and the inherited order of keys (that of the
 * schema). Keys that we added follow anywhere.
 */
const text = z.string();
const int = z.int();
/** RFC 3339 in UTC, at most nine fractional digits, none of them a trailing zero. */
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,8}[1-9])?Z$/);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).min(1);
const nullList = <Item extends z.ZodType>(item: Item) => list(item).nullable();

const Phase = z.looseObject({
  id: text,
  run_id: text,
  name: text,
  seq_order: int,
  created_at: time,
  updated_at: time,
  Steps: z.null(),
});

const runFields = {
  id: text,
  project_id: text,
  conversation_id: text.min(1).optional(),
  planner_id: text.min(1).optional(),
  executor_id: text.min(1).optional(),
  state: z.enum(['created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled']),
  created_at: time,
  updated_at: time,
  recovery_notes: text,
};
const Run = z.looseObject({ ...runFields, Phases: z.null() });
const StartedRun = z.looseObject({ ...runFields, Phases: list(Phase) });

const StepState = z.enum([
  'pending',
  'dispatching',
  'running',
  'collecting_artifacts',
  'validating',
  'completed',
  'completed_with_warnings',
  'needs_approval',
  'needs_manual_attention',
  'failed_retryable',
  'failed_terminal',
  'failed_validation',
  'failed_adapter',
  'failed_bridge',
  'timeout',
  'cancelled',
]);

const Step = z.looseObject({
  id: text,
  phase_id: text,
  title: text,
  goal: text,
  state: StepState,
  policy: text,
  adapter: text,
  timeout_seconds: int,
  validations: list(z.looseObject({ name: text, command: text })).optional(),
  status_reason: text.min(1).optional(),
  created_at: time,
  updated_at: time,
});

const Provisioning = z.looseObject({
  success: z.boolean(),
  summary: text,
  log: z.array(text),
  duration_ms: int,
  environment_files: list(text).optional(),
  symlinks: list(text).optional(),
  post_create_hook: text.optional(),
  hook_status: z.enum(['success', 'failed']).optional(),
});

const Validation = z.looseObject({
  name: text,
  command: text,
  state: text,
  passed: z.boolean(),
  exit_code: int,
  stdout_ref: text.optional(),
  stderr_ref: text.optional(),
  error: text.optional(),
  duration_ms: int,
  updated_at: time,
});

const Result = z.looseObject({
  version: text,
  run_id: text,
  phase_id: text,
  step_id: text,
  attempt_id: text,
  adapter: text,
  requested_adapter: text,
  state: StepState,
  provisioning: Provisioning.optional(),
  summary: text,
  files_changed: nullList(text),
  validations: z.array(Validation).nullable(),
  needs_human_decision: z.boolean(),
  warnings: nullList(text),
  questions: nullList(text),
  artifacts: z.record(text, text).nullable(),
  raw_output_ref: text.min(1).optional(),
  is_simulation: z.boolean(),
  retryable: z.boolean(),
  created_at: time,
  updated_at: time,
});

const Artifact = z.looseObject({
  id: text,
  attempt_id: text,
  type: z.enum(['stdout', 'stderr', 'changed_files', 'diff', 'result_json', 'input_json', 'validations', 'file']),
  name: text,
  path: text.startsWith('/'),
  size: int,
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  mime_type: text.optional(),
  created_at: time,
  updated_at: time,
});

const Instance = z.looseObject({
  version: text,
  repo_root: text.startsWith('/'),
  state_dir: text.startsWith('/'),
  workspace_root: text.startsWith('/'),
  host: text,
  port: int,
  base_url: text.startsWith('http://'),
  execution_mode: z.enum(['simulation', 'real']),
  pid: int,
  started_at: z.iso.datetime({ offset: true }),
});

const Benchmark = z.looseObject({
  id: text,
  adapter: text,
  phase_id: text,
  attempt_id: text,
  duration_ms: int,
  validations_hit: int,
  validations_max: int,
  cost_cents: int,
  failure_reason: text.optional(),
  is_simulation: z.boolean(),
  created_at: time,
});

const Compatibility = z.looseObject({
  adapters: z.array(z.looseObject({ id: text, status: text, tier: int })),
  environment: z.looseObject({ os: text, vscode_detected: z.boolean() }),
  tier: int,
});

/** What the command line prints of a log, and of what went wrong. */
const Logs = z.looseObject({ available: z.boolean(), content: text, content_type: text, step_id: text });
const Failure = z.strictObject({ error: text, message: text.optional(), status: int.optional() });

export const SHAPES = {
  Version: z.looseObject({ version: text }),
  Instance,
  Compatibility,
  Routing: z.looseObject({ chain: z.array(text), disclaimer: text, mode: text }),
  Benchmarks: list(Benchmark),
  Run,
  StartedRun,
  Runs: list(Run),
  Step,
  Steps: list(Step),
  Result,
  Artifacts: list(Artifact),
  Validations: z.record(text, z.array(Validation)),
  Logs,
  Failure,
  Anything: z.unknown(),
} as const;

export type ShapeName = keyof typeof SHAPES;
