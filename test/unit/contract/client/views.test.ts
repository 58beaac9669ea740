import { describe, expect, it } from 'vitest';
import { clientArtifact } from '../../../../contract/client/client-artifact.ts';
import { clientAttempt } from '../../../../contract/client/client-attempt.ts';
import { clientGate } from '../../../../contract/client/client-gate.ts';
import { clientInstance } from '../../../../contract/client/client-instance.ts';
import { clientResult } from '../../../../contract/client/client-result.ts';
import { clientRun } from '../../../../contract/client/client-run.ts';
import { clientSalvageEntry } from '../../../../contract/client/client-salvage.ts';
import { clientStep } from '../../../../contract/client/client-step.ts';
import { clientWait } from '../../../../contract/client/client-wait.ts';
import { type JsonValue, parseJson } from '../../../../contract/client/json-value.ts';
import { type Fields, readFields } from '../../../../contract/client/read-fields.ts';
import { InstanceId } from '../../../../contract/ids.ts';
import { SalvageRecord } from '../../../../contract/records.ts';
import { encodeArtifact } from '../../../../contract/wire/artifact.ts';
import { encodeAttempt } from '../../../../contract/wire/attempt.ts';
import { encodeJson } from '../../../../contract/wire/encode-json.ts';
import { encodeGate } from '../../../../contract/wire/gate.ts';
import { encodeInstance } from '../../../../contract/wire/instance.ts';
import { encodeResult } from '../../../../contract/wire/result.ts';
import { encodeRun } from '../../../../contract/wire/run.ts';
import { encodeSalvageEntry } from '../../../../contract/wire/salvage-entry.ts';
import { encodeStepRecord } from '../../../../contract/wire/step.ts';
import { viewResult } from '../../../../contract/wire/view-result.ts';
import { encodeRunWait } from '../../../../contract/wire/wait.ts';
import { AT_MS, artifact, attempt, gate, run, step, validation } from '../../../support/sample-records.ts';
import { successOf } from '../../../support/success-of.ts';

/** What a client makes of the very bytes that the daemon's encoders produce. */
const seen = <T>(wire: unknown, read: (fields: Fields) => T): T => successOf(readFields(onTheWire(wire), read));
const onTheWire = (wire: unknown): JsonValue => successOf(parseJson(encodeJson(wire)));

const SALVAGE = SalvageRecord.parse({
  refs: [{ name: 'refs/codencer/r/s/a', commit: 'a'.repeat(40) }],
  bundles: [{ path: 'nested', artifact: 'art-1' }],
  cachesListed: [],
  notSaved: [{ path: 'huge.bin', reason: 'too large' }],
  keptWorktree: '/w',
  containsSecret: true,
});

const FAILED_VALIDATION = {
  state: 'failed',
  exitCode: 3,
  durationMs: 12,
  required: false,
  error: 'boom',
  stdoutRef: '/r/lint.stdout.log',
} as const;

describe('what the client sees of the daemon’s answers', () => {
  it('a run', () => {
    const record = run({ conversationId: 'c', state: 'paused_for_gate' });
    const view = seen(encodeRun({ run: record, phases: null }), clientRun);
    expect(view).toMatchObject({
      id: 'http1',
      projectId: 'default-project',
      conversationId: 'c',
      state: 'paused_for_gate',
    });
    expect(view.createdAtMs).toBe(AT_MS);
  });

  it('a step', () => {
    const record = step({ spec: { title: 't', goal: 'g' }, record: { state: 'timeout', statusReason: 'late' } });
    expect(seen(encodeStepRecord(record), clientStep)).toMatchObject({
      id: 's-min',
      runId: 'http1',
      title: 't',
      state: 'timeout',
      statusReason: 'late',
      executor: 'codex',
    });
  });

  it('a result, with its validations, gates and salvage', () => {
    const facts = {
      step: step({ record: { state: 'needs_approval', statusReason: 'a gate' } }),
      attempt: attempt({ state: 'completed', summary: 'done', filesChanged: ['a'], warnings: ['w'], salvage: SALVAGE }),
      validations: [validation(FAILED_VALIDATION)],
      artifacts: [artifact({ name: 'stdout.log' })],
      pendingGates: [gate({})],
    };
    const view = seen(encodeResult(viewResult(facts)), clientResult);
    expect(view).toMatchObject({
      state: 'needs_approval',
      attemptId: 's-min-a1',
      summary: 'done',
      statusReason: 'a gate',
      filesChanged: ['a'],
      warnings: ['w'],
      gates: [gate({}).id],
    });
    expect(view.validations).toEqual([
      {
        name: 'lint',
        command: 'true',
        state: 'failed',
        hasPassed: false,
        isRequired: false,
        exitCode: 3,
        durationMs: 12,
        error: 'boom',
        stdoutPath: '/r/lint.stdout.log',
        stderrPath: '',
      },
    ]);
    expect(view.salvage).toEqual({
      refs: [{ name: 'refs/codencer/r/s/a', commit: 'a'.repeat(40), holds: 'work' }],
      bundles: [{ path: 'nested', artifact: 'art-1' }],
      notSaved: SALVAGE.notSaved,
      keptWorktree: '/w',
      containsSecret: true,
    });
  });

  it('a result without any attempt', () => {
    const facts = { step: step({}), attempt: null, validations: [], artifacts: [], pendingGates: [] };
    expect(seen(encodeResult(viewResult(facts)), clientResult)).toMatchObject({ state: 'running', attemptId: '' });
  });

  it('an attempt', () => {
    const record = attempt({
      state: 'failed_validation',
      failureClass: 'validation_failed',
      startedAtMs: 5,
      endedAtMs: 9,
    });
    expect(seen(encodeAttempt(record), clientAttempt)).toMatchObject({
      id: 's-min-a1',
      number: 1,
      state: 'failed_validation',
      failureClass: 'validation_failed',
      worktreePath: '/w',
      startedAtMs: 5,
      endedAtMs: 9,
      salvage: null,
    });
  });

  it('an artifact', () => {
    expect(seen(encodeArtifact(artifact({ name: 'diff.patch', type: 'diff', sizeBytes: 7 })), clientArtifact)).toEqual({
      id: 'art-s-min-a1-diff.patch',
      attemptId: 's-min-a1',
      type: 'diff',
      name: 'diff.patch',
      path: '/r/diff.patch',
      sizeBytes: 7,
      mediaType: 'text/plain; charset=utf-8',
      containsSecret: false,
      sha256: 'a'.repeat(64),
    });
  });

  it('a gate, open and decided', () => {
    const open = gate({});
    expect(seen(encodeGate(open), clientGate)).toMatchObject({
      id: open.id,
      state: open.state,
      kind: open.kind,
      description: open.prompt,
      subjectDigest: open.subjectDigest,
      decidedBy: '',
      resolvedAtMs: null,
    });
    const decided = gate({ state: 'approved', decidedAtMs: 7, decidedBy: 'operator', reason: 'fine' });
    expect(seen(encodeGate(decided), clientGate)).toMatchObject({
      decidedBy: 'operator',
      reason: 'fine',
      resolvedAtMs: 7,
    });
  });

  it('an instance', () => {
    const instance = {
      id: InstanceId.parse('i1'),
      version: '0.1.0',
      repoRoot: '/r',
      stateDir: '/r/.codencer',
      workspaceRoot: '/r/.codencer/workspace',
      host: '127.0.0.1',
      port: 8085,
      baseUrl: 'http://127.0.0.1:8085',
      executionMode: 'simulation' as const,
      pid: 7,
      startedAtMs: AT_MS,
      nodeVersion: '24',
      system: 'Linux',
    };
    const { host: _host, port: _port, nodeVersion: _node, ...shown } = instance;
    expect(seen(encodeInstance(instance), clientInstance)).toEqual(shown);
  });

  it('a saved attempt', () => {
    const entry = {
      attempt: attempt({ state: 'timeout' }),
      salvage: SALVAGE,
      restore: ['git branch x y'],
      lostOnRelease: [],
    };
    expect(seen(encodeSalvageEntry(entry), clientSalvageEntry)).toMatchObject({
      attemptId: 's-min-a1',
      attemptState: 'timeout',
      stepId: 's-min',
      restore: ['git branch x y'],
      keptWorktree: '/w',
    });
  });

  it('the end of a wait', () => {
    const view = { run: { run: run({}), phases: null }, isTerminal: false, hasTimedOut: true, gates: [] };
    expect(seen(encodeRunWait(view), clientWait)).toEqual({
      state: 'running',
      isTerminal: false,
      hasTimedOut: true,
      gates: [],
    });
  });
});
