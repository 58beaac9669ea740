import type { ShapeName } from './shapes.ts';

/**
 * The inherited client's reading of an answer, rule by rule: keys match in any case and the last one wins, `null` sets
 * nothing, unknown keys are skipped, and a value of another JSON type, a number with a fraction where a whole one is
 * read, or a time that is not RFC 3339 makes the whole answer unreadable.
 */
type ClientType =
  | 'text'
  | 'whole'
  | 'truth'
  | 'time'
  | { readonly list: ClientType }
  | { readonly map: ClientType }
  | { readonly fields: Readonly<Record<string, ClientType>> };

const TEXTS: ClientType = { list: 'text' };

const RUN: ClientType = {
  fields: {
    id: 'text',
    project_id: 'text',
    conversation_id: 'text',
    planner_id: 'text',
    executor_id: 'text',
    state: 'text',
    created_at: 'time',
    updated_at: 'time',
    recovery_notes: 'text',
    Phases: {
      list: {
        fields: {
          id: 'text',
          run_id: 'text',
          name: 'text',
          seq_order: 'whole',
          created_at: 'time',
          updated_at: 'time',
        },
      },
    },
  },
};

const STEP: ClientType = {
  fields: {
    id: 'text',
    phase_id: 'text',
    title: 'text',
    goal: 'text',
    state: 'text',
    policy: 'text',
    adapter: 'text',
    timeout_seconds: 'whole',
    validations: { list: { fields: { name: 'text', command: 'text' } } },
    status_reason: 'text',
    created_at: 'time',
    updated_at: 'time',
  },
};

const VALIDATION: ClientType = {
  fields: {
    name: 'text',
    command: 'text',
    state: 'text',
    passed: 'truth',
    exit_code: 'whole',
    stdout_ref: 'text',
    stderr_ref: 'text',
    error: 'text',
    duration_ms: 'whole',
    updated_at: 'time',
  },
};

const RESULT: ClientType = {
  fields: {
    version: 'text',
    run_id: 'text',
    phase_id: 'text',
    step_id: 'text',
    attempt_id: 'text',
    adapter: 'text',
    requested_adapter: 'text',
    state: 'text',
    provisioning: {
      fields: {
        success: 'truth',
        summary: 'text',
        log: TEXTS,
        duration_ms: 'whole',
        environment_files: TEXTS,
        symlinks: TEXTS,
        post_create_hook: 'text',
        hook_status: 'text',
      },
    },
    summary: 'text',
    files_changed: TEXTS,
    validations: { list: VALIDATION },
    needs_human_decision: 'truth',
    warnings: TEXTS,
    questions: TEXTS,
    artifacts: { map: 'text' },
    raw_output: 'text',
    raw_output_ref: 'text',
    is_simulation: 'truth',
    retryable: 'truth',
    created_at: 'time',
    updated_at: 'time',
  },
};

const ARTIFACT: ClientType = {
  fields: {
    id: 'text',
    attempt_id: 'text',
    type: 'text',
    name: 'text',
    path: 'text',
    size: 'whole',
    hash: 'text',
    mime_type: 'text',
    created_at: 'time',
    updated_at: 'time',
  },
};

const INSTANCE: ClientType = {
  fields: {
    version: 'text',
    repo_root: 'text',
    state_dir: 'text',
    workspace_root: 'text',
    host: 'text',
    port: 'whole',
    base_url: 'text',
    execution_mode: 'text',
    pid: 'whole',
    started_at: 'time',
  },
};

const READ_AS: ReadonlyMap<ShapeName, ClientType> = new Map<ShapeName, ClientType>([
  ['Instance', INSTANCE],
  ['Run', RUN],
  ['StartedRun', RUN],
  ['Runs', { list: RUN }],
  ['Step', STEP],
  ['Steps', { list: STEP }],
  ['Result', RESULT],
  ['Artifacts', { list: ARTIFACT }],
  ['Validations', { map: { list: VALIDATION } }],
]);

/** Where the inherited client would give up on an answer of this shape; empty when it reads it. */
export function whyNotDecoded(shape: ShapeName, value: unknown): readonly string[] {
  const type = READ_AS.get(shape);
  return type === undefined ? [] : problems(type, value, shape);
}

function problems(type: ClientType, value: unknown, path: string): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof type === 'string') return isScalar(type, value) ? [] : [`${path}: the client reads a ${type}`];
  if ('list' in type) {
    if (!Array.isArray(value)) return [`${path}: the client reads a list`];
    return value.flatMap((item, index) => problems(type.list, item, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path}: the client reads an object`];
  if ('map' in type) {
    return Object.entries(value).flatMap(([key, item]) => problems(type.map, item, `${path}[${key}]`));
  }
  const byLowerCase = new Map(Object.entries(type.fields).map(([name, field]) => [name.toLowerCase(), field]));
  return Object.entries(value).flatMap(([key, item]) => {
    const field = byLowerCase.get(key.toLowerCase());
    return field === undefined ? [] : problems(field, item, `${path}.${key}`);
  });
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function isScalar(type: 'text' | 'whole' | 'truth' | 'time', value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'whole':
      return Number.isInteger(value);
    case 'truth':
      return typeof value === 'boolean';
    case 'time':
      return typeof value === 'string' && RFC_3339.test(value);
    default:
      return type satisfies never;
  }
}
