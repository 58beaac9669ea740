/** Exit codes of the command line, inherited: what happened decides them, never who printed it. */
export const EXIT = { ok: 0, usage: 1, failed: 2, timeout: 3, intervention: 4, infrastructure: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface ErrorRow {
  readonly status: number;
  /** `no`: the same request fails again; `later`: it may succeed without being changed. */
  readonly retry: 'no' | 'later';
  readonly exit: ExitCode;
}

/**
 * Every error that crosses an edge. Inherited clients map 400, 404 and 405 to exit 1 and every other status to exit 5,
 * which is why what a caller could have known is a 400, and 409 is left for a record that says otherwise: it was decided,
 * taken or closed before.
 */
export const ERRORS = {
  invalid_input: { status: 400, retry: 'no', exit: EXIT.usage },
  invalid_json: { status: 400, retry: 'no', exit: EXIT.usage },
  invalid_id: { status: 400, retry: 'no', exit: EXIT.usage },
  unknown_executor: { status: 400, retry: 'no', exit: EXIT.usage },
  executor_unavailable: { status: 400, retry: 'no', exit: EXIT.usage },
  recipe_missing: { status: 400, retry: 'no', exit: EXIT.usage },
  unknown_policy: { status: 400, retry: 'no', exit: EXIT.usage },
  invalid_policy: { status: 400, retry: 'no', exit: EXIT.usage },
  base_not_found: { status: 400, retry: 'no', exit: EXIT.usage },
  run_mismatch: { status: 400, retry: 'no', exit: EXIT.usage },
  run_closed: { status: 400, retry: 'no', exit: EXIT.usage },
  step_in_flight: { status: 400, retry: 'later', exit: EXIT.usage },
  repository_unusable: { status: 400, retry: 'no', exit: EXIT.usage },
  unauthorized: { status: 401, retry: 'no', exit: EXIT.infrastructure },
  forbidden_host: { status: 403, retry: 'no', exit: EXIT.infrastructure },
  forbidden_origin: { status: 403, retry: 'no', exit: EXIT.infrastructure },
  forbidden_peer: { status: 403, retry: 'no', exit: EXIT.infrastructure },
  forbidden_executor: { status: 403, retry: 'no', exit: EXIT.infrastructure },
  not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  run_not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  step_not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  attempt_not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  gate_not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  artifact_not_found: { status: 404, retry: 'no', exit: EXIT.usage },
  method_not_allowed: { status: 405, retry: 'no', exit: EXIT.usage },
  duplicate_id: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  gate_closed: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  gate_ambiguous: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  gate_changed: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  key_reused: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  state_conflict: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  lease_lost: { status: 409, retry: 'no', exit: EXIT.infrastructure },
  artifact_damaged: { status: 410, retry: 'no', exit: EXIT.infrastructure },
  body_too_large: { status: 413, retry: 'no', exit: EXIT.infrastructure },
  range_not_satisfiable: { status: 416, retry: 'no', exit: EXIT.infrastructure },
  rate_limited: { status: 429, retry: 'later', exit: EXIT.infrastructure },
  internal: { status: 500, retry: 'later', exit: EXIT.infrastructure },
  starting: { status: 503, retry: 'later', exit: EXIT.infrastructure },
  shutting_down: { status: 503, retry: 'later', exit: EXIT.infrastructure },
  storage_full: { status: 507, retry: 'later', exit: EXIT.infrastructure },
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type ErrorCode = keyof typeof ERRORS;

/** One refusal: the code for programs, the sentence for people. `details` never holds a secret. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export const refusal = (code: ErrorCode, message: string, details?: Readonly<Record<string, unknown>>): Refusal =>
  details === undefined ? { code, message } : { code, message, details };

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);
