import { TokenKind, TokenRecord } from '../../contract/access-token.ts';
import { AttemptState } from '../../contract/attempt-state.ts';
import { EVENT_TYPES } from '../../contract/events.ts';
import { FAILURE_CLASSES } from '../../contract/failure-class.ts';
import { GateKind, GateState, GateSubject } from '../../contract/gate-state.ts';
import { AttemptId, RunId, StepId } from '../../contract/ids.ts';
import { ArtifactType, InstanceRecord, LeaseRecord, ValidationState } from '../../contract/records.ts';
import { RunState } from '../../contract/run-state.ts';
import { StepState } from '../../contract/step-state.ts';
import type { Store } from '../../main/daemon/store/store.ts';
import { AT_MS, artifact, attempt, gate, phase, run, step, validation } from './sample-records.ts';

const stopRequest = { actor: 'operator', reason: 'no longer needed', atMs: AT_MS };
const salvage = {
  refs: [{ name: 'refs/codencer/http1/s-min/s-min-a1', commit: 'c'.repeat(40) }],
  bundles: [{ path: 'vendor/inner', artifact: 'art-1' }],
  cachesListed: [{ path: 'node_modules', bytes: 1_000_000 }],
  notSaved: [{ path: 'core', reason: 'larger than 10 MB' }],
  keptWorktree: '/kept/s-min-a1',
  containsSecret: false,
};
const provisioning = {
  success: true,
  summary: '1 copied',
  log: ['copied .env'],
  durationMs: 12,
  environmentFiles: ['.env'],
  symlinks: [],
};
const spec = {
  goal: 'Rename a function',
  validations: [{ name: 'tests', command: 'npm test' }],
  recipe: { steps: [{ run: 'make', env: { MODE: 'fast' } }] },
  retry: { maxAttempts: 3, on: Object.keys(FAILURE_CLASSES) },
};

const invocation = {
  argv: ['codex', 'exec', '--json', '-'],
  program: '/usr/bin/codex',
  version: '0.60.1',
  model: 'gpt-5',
  reportedModel: 'gpt-5-mini',
  profile: 'codex',
  profileHash: 'f'.repeat(64),
};
const usage = { inputTokens: 1200, cachedInputTokens: 800, outputTokens: 90, costUsd: 0.02, basis: 'reported' };
const request = {
  tool: 'Bash',
  toolKind: 'execute',
  title: 'npm test',
  command: 'npm test',
  cwd: '/repository',
  paths: [],
  diff: null,
  input: '{"command":"npm test"}',
  reason: 'to see whether it works',
};

/** Rows of every table, with every state and every word that the contract knows. Uses only what a store offers. */
export function fillRecord(store: Store): void {
  store.transaction(() => {
    store.instance.insert(InstanceRecord.parse({ id: 'instance-1', repoRoot: '/repository', createdAtMs: AT_MS }));
    store.settings.set('example', '{"version":1}');
    fillRuns(store);
    fillSteps(store);
    fillAttempts(store);
    fillEvidence(store);
    fillGates(store);
    fillAnswers(store);
    fillTokens(store);
    fillEvents(store);
  });
}

function fillRuns(store: Store): void {
  for (const state of RunState.options) {
    store.runs.insert(run({ id: `run-${state}`, state, abortRequest: state === 'cancelled' ? stopRequest : null }));
    store.phases.insert(phase({ id: `phase-${state}`, runId: `run-${state}` }));
  }
}

function fillSteps(store: Store): void {
  for (const state of StepState.options) {
    const place = { id: `step-${state}`, runId: 'run-running', phaseId: 'phase-running' };
    store.steps.insert(
      step({ spec, record: { ...place, state, notBeforeMs: state === 'pending' ? AT_MS + 5 : null } }),
    );
  }
}

function fillAttempts(store: Store): void {
  const failureClasses = Object.keys(FAILURE_CLASSES);
  for (const [index, state] of AttemptState.options.entries()) {
    const place = { id: `attempt-${state}`, stepId: `step-${state}`, runId: 'run-running' };
    const failureClass = failureClasses[index] ?? null;
    const kept =
      state === 'failed_bridge' ? { salvage, provisioning, cancelRequest: stopRequest, invocation, usage } : {};
    store.attempts.insert(attempt({ ...place, state, failureClass, baseCommit: 'd'.repeat(40), ...kept }));
  }
}

function fillEvidence(store: Store): void {
  const place = { attemptId: 'attempt-completed', stepId: 'step-completed' };
  for (const type of ArtifactType.options) store.artifacts.insert(artifact({ ...place, name: type, type }));
  for (const [ordinal, state] of ValidationState.options.entries()) {
    store.validations.insert(validation({ attemptId: place.attemptId, ordinal, state }));
  }
  const lease = { owner: 'daemon:1', ttlSeconds: 60, heartbeatAtMs: AT_MS, expiresAtMs: AT_MS + 60_000 };
  const fence = store.leases.nextFence();
  store.leases.insert(LeaseRecord.parse({ attemptId: 'attempt-running', fence, ...lease }));
}

function fillGates(store: Store): void {
  const place = { runId: 'run-running', stepId: 'step-needs_approval', attemptId: 'attempt-running' };
  for (const kind of GateKind.options) {
    const asked = kind === 'permission' ? { request, scope: 'attempt' } : {};
    store.gates.insert(gate({ id: `gate-${kind}`, kind, ...asked, ...place }));
  }
  for (const state of GateState.options) store.gates.insert(gate({ id: `gate-${state}`, state, ...place }));
  for (const subject of GateSubject.options) {
    const none = { runId: null, stepId: null, attemptId: null };
    store.gates.insert(gate({ id: `gate-of-${subject}`, subject, ...(subject === 'instance' ? none : place) }));
  }
}

function fillAnswers(store: Store): void {
  const answer = { status: 202, body: '{"id":"step-pending"}\n', answeredAtMs: AT_MS };
  store.answeredRequests.insert({ key: 'key-1', digest: 'e'.repeat(64), ...answer });
}

function fillTokens(store: Store): void {
  for (const [index, kind] of TokenKind.options.entries()) {
    const times = { createdAtMs: AT_MS, expiresAtMs: AT_MS + 1000, lastUsedAtMs: AT_MS, revokedAtMs: null };
    const token = { id: `token-${kind}`, kind, name: kind, hash: String(index).repeat(64), scopes: ['*'], ...times };
    store.tokens.insert(TokenRecord.parse(token));
  }
}

function fillEvents(store: Store): void {
  const runId = RunId.parse('run-running');
  const stepId = StepId.parse('step-running');
  const attemptId = AttemptId.parse('attempt-running');
  for (const type of EVENT_TYPES) store.events.append({ type, actor: 'daemon', payload: { example: type } });
  store.events.append({ type: 'attempt.progress', actor: `executor:${attemptId}`, runId, stepId, attemptId });
}
