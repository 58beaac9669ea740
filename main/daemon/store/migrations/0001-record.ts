import type { Migration } from './migration.ts';

/**
 * Closed vocabularies that queries and indexes lean on (states, kinds of subject) are CHECKed here; open ones (event and
 * artifact types, failure classes) are left to the reader, so that a new word needs no rebuilt table.
 */
export const record: Migration = {
  version: 1,
  sql: `
CREATE TABLE instance (
  id TEXT PRIMARY KEY NOT NULL,
  repo_root TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  only_row INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only_row = 1)
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
  name TEXT PRIMARY KEY NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('lease_fence', 0);

CREATE TABLE runs (
  id TEXT PRIMARY KEY NOT NULL,
  project_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  planner_id TEXT NOT NULL,
  executor_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('created', 'running', 'paused_for_gate', 'completed', 'failed', 'cancelled')),
  close_when_idle INTEGER NOT NULL CHECK (close_when_idle IN (0, 1)),
  abort_request TEXT CHECK (json_valid(abort_request)),
  recovery_notes TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0)
) STRICT;
CREATE INDEX runs_newest ON runs (created_at_ms, id);
CREATE INDEX runs_of_state ON runs (state, created_at_ms, id);
CREATE INDEX runs_of_project ON runs (project_id, created_at_ms, id);
CREATE INDEX runs_of_project_and_state ON runs (project_id, state, created_at_ms, id);
CREATE INDEX runs_of_conversation ON runs (conversation_id, created_at_ms, id);
CREATE INDEX runs_open ON runs (created_at_ms, id) WHERE state IN ('created', 'running', 'paused_for_gate');

CREATE TABLE phases (
  id TEXT PRIMARY KEY NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs (id),
  name TEXT NOT NULL,
  seq_order INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0)
) STRICT;
CREATE INDEX phases_of_run ON phases (run_id, seq_order, id);

CREATE TABLE steps (
  id TEXT PRIMARY KEY NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs (id),
  phase_id TEXT NOT NULL REFERENCES phases (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'dispatching', 'running', 'collecting_artifacts', 'validating',
    'needs_approval', 'needs_manual_attention', 'completed', 'completed_with_warnings', 'failed_retryable',
    'failed_terminal', 'failed_validation', 'failed_adapter', 'failed_bridge', 'timeout', 'cancelled')),
  status_reason TEXT NOT NULL,
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  executor TEXT NOT NULL,
  submission INTEGER NOT NULL CHECK (submission >= 1),
  is_required INTEGER NOT NULL CHECK (is_required IN (0, 1)),
  priority INTEGER NOT NULL,
  enqueued_at_ms INTEGER NOT NULL CHECK (enqueued_at_ms >= 0),
  not_before_ms INTEGER CHECK (not_before_ms >= 0),
  attempts_used INTEGER NOT NULL CHECK (attempts_used >= 0),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0)
) STRICT;
CREATE INDEX steps_of_run ON steps (run_id, created_at_ms, id);
CREATE INDEX steps_tally ON steps (run_id, state, is_required);
CREATE INDEX steps_queue ON steps (priority DESC, enqueued_at_ms, id, not_before_ms, run_id) WHERE state = 'pending';
CREATE INDEX steps_delayed ON steps (not_before_ms) WHERE state = 'pending' AND not_before_ms IS NOT NULL;
CREATE INDEX steps_in_flight ON steps (created_at_ms, id)
  WHERE state IN ('dispatching', 'running', 'collecting_artifacts', 'validating', 'needs_approval');

CREATE TABLE attempts (
  id TEXT PRIMARY KEY NOT NULL,
  step_id TEXT NOT NULL REFERENCES steps (id),
  run_id TEXT NOT NULL REFERENCES runs (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  lane INTEGER NOT NULL CHECK (lane >= 0),
  submission INTEGER NOT NULL CHECK (submission >= 1),
  executor TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('dispatching', 'running', 'collecting_artifacts', 'validating', 'completed',
    'completed_with_warnings', 'failed_terminal', 'failed_validation', 'failed_adapter', 'failed_bridge', 'timeout',
    'cancelled')),
  failure_class TEXT,
  summary TEXT NOT NULL,
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  warnings TEXT NOT NULL CHECK (json_valid(warnings)),
  files_changed TEXT NOT NULL CHECK (json_valid(files_changed)),
  is_simulation INTEGER NOT NULL CHECK (is_simulation IN (0, 1)),
  exit_code INTEGER,
  signal TEXT,
  trace_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  worktree_path TEXT NOT NULL,
  base_commit TEXT,
  pid INTEGER,
  pid_start_ticks TEXT,
  executor_session TEXT,
  provisioning TEXT CHECK (json_valid(provisioning)),
  salvage TEXT CHECK (json_valid(salvage)),
  kept_worktree TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(salvage) THEN salvage ->> '$.keptWorktree' END) VIRTUAL,
  cancel_request TEXT CHECK (json_valid(cancel_request)),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  started_at_ms INTEGER CHECK (started_at_ms >= 0),
  ended_at_ms INTEGER CHECK (ended_at_ms >= 0),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
  UNIQUE (step_id, number)
) STRICT;
CREATE UNIQUE INDEX attempts_one_live_per_lane ON attempts (step_id, lane)
  WHERE state IN ('dispatching', 'running', 'collecting_artifacts', 'validating');
CREATE INDEX attempts_live ON attempts (created_at_ms, id)
  WHERE state IN ('dispatching', 'running', 'collecting_artifacts', 'validating');
CREATE INDEX attempts_with_salvage ON attempts (created_at_ms, id) WHERE salvage IS NOT NULL;
CREATE INDEX attempts_with_kept_worktree ON attempts (created_at_ms, id) WHERE kept_worktree IS NOT NULL;

CREATE TABLE leases (
  attempt_id TEXT PRIMARY KEY NOT NULL REFERENCES attempts (id),
  owner TEXT NOT NULL,
  fence INTEGER NOT NULL UNIQUE CHECK (fence >= 1),
  ttl_seconds INTEGER NOT NULL CHECK (ttl_seconds BETWEEN 10 AND 3600),
  heartbeat_at_ms INTEGER NOT NULL CHECK (heartbeat_at_ms >= 0),
  expires_at_ms INTEGER NOT NULL CHECK (expires_at_ms >= 0)
) STRICT;
CREATE INDEX leases_expiring ON leases (expires_at_ms, attempt_id);

CREATE TABLE artifacts (
  id TEXT PRIMARY KEY NOT NULL,
  attempt_id TEXT NOT NULL REFERENCES attempts (id),
  step_id TEXT NOT NULL REFERENCES steps (id),
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  media_type TEXT NOT NULL,
  contains_secret INTEGER NOT NULL CHECK (contains_secret IN (0, 1)),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0)
) STRICT;
CREATE INDEX artifacts_of_attempt ON artifacts (attempt_id, created_at_ms, id);
CREATE INDEX artifacts_of_step ON artifacts (step_id, created_at_ms, id);

CREATE TABLE validations (
  attempt_id TEXT NOT NULL REFERENCES attempts (id),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  name TEXT NOT NULL,
  command TEXT NOT NULL,
  required INTEGER NOT NULL CHECK (required IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('not_run', 'running', 'passed', 'failed', 'errored')),
  exit_code INTEGER,
  signal TEXT,
  stdout_ref TEXT,
  stderr_ref TEXT,
  error TEXT NOT NULL,
  duration_ms INTEGER NOT NULL CHECK (duration_ms >= 0),
  started_at_ms INTEGER CHECK (started_at_ms >= 0),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
  PRIMARY KEY (attempt_id, ordinal)
) STRICT;

CREATE TABLE gates (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('approval', 'info', 'policy', 'manual', 'permission')),
  subject TEXT NOT NULL CHECK (subject IN ('step', 'attempt', 'run', 'instance')),
  run_id TEXT REFERENCES runs (id),
  step_id TEXT REFERENCES steps (id),
  attempt_id TEXT REFERENCES attempts (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'expired', 'withdrawn')),
  prompt TEXT NOT NULL,
  reasons TEXT NOT NULL CHECK (json_valid(reasons)),
  subject_digest TEXT NOT NULL CHECK (length(subject_digest) = 64),
  expires_at_ms INTEGER CHECK (expires_at_ms >= 0),
  on_expiry TEXT NOT NULL CHECK (on_expiry IN ('reject', 'keep')),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  decided_at_ms INTEGER CHECK (decided_at_ms >= 0),
  decided_by TEXT,
  decided_digest TEXT CHECK (decided_digest IN ('named', 'present')),
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX gates_newest ON gates (created_at_ms, id);
CREATE INDEX gates_of_state ON gates (state, created_at_ms, id);
CREATE INDEX gates_of_run ON gates (run_id, state, created_at_ms, id) WHERE run_id IS NOT NULL;
CREATE INDEX gates_of_step ON gates (step_id, state, created_at_ms, id) WHERE step_id IS NOT NULL;
CREATE INDEX gates_of_attempt ON gates (attempt_id, state, created_at_ms, id) WHERE attempt_id IS NOT NULL;
CREATE INDEX gates_expiring ON gates (expires_at_ms, id) WHERE state = 'pending' AND expires_at_ms IS NOT NULL;

CREATE TABLE quarantined_rows (
  id INTEGER PRIMARY KEY,
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,
  row_sha256 TEXT NOT NULL CHECK (length(row_sha256) = 64),
  row_json TEXT NOT NULL,
  reason TEXT NOT NULL,
  quarantined_at_ms INTEGER NOT NULL CHECK (quarantined_at_ms >= 0),
  UNIQUE (table_name, row_key, row_sha256)
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
  at_ms INTEGER NOT NULL CHECK (at_ms >= 0),
  type TEXT NOT NULL,
  actor TEXT NOT NULL,
  run_id TEXT,
  step_id TEXT,
  attempt_id TEXT,
  gate_id TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX events_of_run ON events (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX events_of_step ON events (step_id) WHERE step_id IS NOT NULL;

CREATE TABLE event_head (
  only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
  seq INTEGER NOT NULL CHECK (seq >= 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO event_head (only_row, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}');

CREATE TRIGGER events_continue_the_head BEFORE INSERT ON events
WHEN NOT EXISTS (SELECT 1 FROM event_head WHERE seq = NEW.seq - 1 AND hash = NEW.previous_hash)
BEGIN
  SELECT RAISE(ABORT, 'an event must continue the newest one');
END;
CREATE TRIGGER events_move_the_head AFTER INSERT ON events
BEGIN
  UPDATE event_head SET seq = NEW.seq, hash = NEW.hash;
END;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;
CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'the event log is append-only');
END;
`,
};
