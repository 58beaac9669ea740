import { describe, expect, it } from 'vitest';
import { InstanceId } from '../../../../contract/ids.ts';
import type {
  ArtifactRecord,
  AttemptRecord,
  GateRecord,
  PhaseRecord,
  RunRecord,
  StepRecord,
  ValidationRecord,
} from '../../../../contract/records.ts';
import { encodeArtifact } from '../../../../contract/wire/artifact.ts';
import { encodeJson } from '../../../../contract/wire/encode-json.ts';
import { encodeGate } from '../../../../contract/wire/gate.ts';
import { decodeInstance, encodeInstance } from '../../../../contract/wire/instance.ts';
import { encodeProblem } from '../../../../contract/wire/problem.ts';
import { encodeResult } from '../../../../contract/wire/result.ts';
import { encodeRun } from '../../../../contract/wire/run.ts';
import { encodeStep, viewStep } from '../../../../contract/wire/step.ts';
import { encodeValidationsByAttempt } from '../../../../contract/wire/validations-by-attempt.ts';
import { viewResult } from '../../../../contract/wire/view-result.ts';
import { encodeStepWait } from '../../../../contract/wire/wait.ts';
import * as sample from '../../../support/sample-records.ts';

/** Byte for byte what inherited clients read; what follows is ours. */
describe('WIRE-1: a body', () => {
  it('WIRE-3, WIRE-4: of a created run', () => {
    const run: RunRecord = sample.run({ id: 'http2', projectId: 'p1' });
    const phases: readonly PhaseRecord[] = [sample.phase({ id: 'phase-execution-http2', runId: 'http2' })];
    expect(encodeJson(encodeRun({ run, phases }))).toBe(
      '{"id":"http2","project_id":"p1","state":"running","created_at":"2026-11-20T06:38:48.279Z",' +
        '"updated_at":"2026-11-20T06:38:48.28Z","recovery_notes":"","Phases":[{"id":"phase-execution-http2",' +
        '"run_id":"http2","name":"Execution","seq_order":1,"created_at":"2026-11-20T06:38:48.279Z",' +
        '"updated_at":"2026-11-20T06:38:48.28Z","Steps":null}],"close_when_idle":false}\n',
    );
  });

  it('WIRE-2, WIRE-3: of a run with everything, without its phases', () => {
    const run = sample.run({
      id: 'http1',
      projectId: 'p1',
      conversationId: 'c1',
      plannerId: 'pl1',
      executorId: 'ex1',
      abortRequest: { actor: 'operator', reason: 'enough', atMs: sample.AT_MS },
    });
    expect(encodeJson(encodeRun({ run, phases: null }))).toBe(
      '{"id":"http1","project_id":"p1","conversation_id":"c1","planner_id":"pl1","executor_id":"ex1",' +
        '"state":"running","created_at":"2026-11-20T06:38:48.279Z","updated_at":"2026-11-20T06:38:48.28Z",' +
        '"recovery_notes":"","Phases":null,"close_when_idle":false,"abort_request":{"actor":"operator",' +
        '"reason":"enough","requested_at":"2026-11-20T06:38:48.279Z"}}\n',
    );
  });

  it('WIRE-3, WIRE-7: of the smallest step', () => {
    const step: StepRecord = sample.step({ spec: { goal: 'g', adapterProfile: 'codex' } });
    expect(encodeJson(encodeStep(viewStep(step)))).toBe(
      '{"id":"s-min","phase_id":"phase-execution-http1","title":"","goal":"g","state":"running","policy":"",' +
        '"adapter":"codex","timeout_seconds":0,"created_at":"2026-11-20T06:38:48.279Z",' +
        '"updated_at":"2026-11-20T06:38:48.28Z","run_id":"http1","executor":"codex","required":true,"submission":1,' +
        '"priority":0,"attempts_used":0,"enqueued_at":"2026-11-20T06:38:48.279Z","not_before":null}\n',
    );
  });

  it('WIRE-1: of a step with everything', () => {
    const step = sample.step({
      spec: {
        title: 'Goal task',
        goal: 'Fix <b>bold</b> & ship',
        policyBundle: 'default_safe_refactor',
        adapterProfile: 'codex',
        timeoutSeconds: 60,
        validations: [{ name: 'validation-1', command: 'true', required: true, timeoutSeconds: 600 }],
      },
      record: { state: 'failed_validation', statusReason: 'it did not pass', notBeforeMs: sample.AT_MS },
    });
    expect(encodeJson(encodeStep(viewStep(step)))).toBe(
      '{"id":"s-min","phase_id":"phase-execution-http1","title":"Goal task","goal":"Fix <b>bold</b> & ship",' +
        '"state":"failed_validation","policy":"default_safe_refactor","adapter":"codex","timeout_seconds":60,' +
        '"validations":[{"name":"validation-1","command":"true"}],"status_reason":"it did not pass",' +
        '"created_at":"2026-11-20T06:38:48.279Z","updated_at":"2026-11-20T06:38:48.28Z","run_id":"http1",' +
        '"executor":"codex","required":true,"submission":1,"priority":0,"attempts_used":0,' +
        '"enqueued_at":"2026-11-20T06:38:48.279Z","not_before":"2026-11-20T06:38:48.279Z"}\n',
    );
  });

  it('WIRE-19: of a result before the first attempt', () => {
    const facts = { step: sample.step({}), attempt: null, validations: [], artifacts: [], pendingGates: [] };
    expect(encodeJson(encodeResult(viewResult(facts)))).toBe(
      '{"version":"v1","run_id":"http1","phase_id":"phase-execution-http1","step_id":"s-min","attempt_id":"",' +
        '"adapter":"","requested_adapter":"","state":"running","summary":"No attempts executed for this step yet.",' +
        '"files_changed":null,"validations":null,"needs_human_decision":false,"warnings":null,"questions":null,' +
        '"artifacts":null,"is_simulation":false,"retryable":false,"created_at":"2026-11-20T06:38:48.279Z",' +
        '"updated_at":"2026-11-20T06:38:48.28Z","attempt_state":null,"failure_class":null,"exit_code":null,' +
        '"signal":null,"base_commit":null,"gates":[],"salvage":null,"session":null,"usage":null}\n',
    );
  });

  it('WIRE-2, WIRE-17, WIRE-18, WIRE-20: of a result that waits for a decision', () => {
    const attempt: AttemptRecord = sample.attempt({
      state: 'completed',
      summary: 'Simulated successful codex task.',
      isSimulation: true,
      exitCode: 0,
      endedAtMs: sample.AT_MS,
      provisioning: { success: true, summary: '', log: [], durationMs: 0, environmentFiles: [], symlinks: [] },
    });
    const artifacts: readonly ArtifactRecord[] = [
      sample.artifact({ name: 'stdout.log', type: 'stdout' }),
      sample.artifact({ name: 'normalized-task.json', type: 'input_json' }),
      sample.artifact({ name: 'original-input.txt', type: 'file' }),
    ];
    const facts = {
      step: sample.step({ record: { state: 'needs_approval' } }),
      attempt,
      validations: [],
      artifacts,
      pendingGates: [sample.gate({})],
    };
    expect(encodeJson(encodeResult(viewResult(facts)))).toBe(
      '{"version":"v1","run_id":"http1","phase_id":"phase-execution-http1","step_id":"s-min",' +
        '"attempt_id":"s-min-a1","adapter":"codex","requested_adapter":"","state":"needs_approval",' +
        '"provisioning":{"success":true,"summary":"","log":[],"duration_ms":0},' +
        '"summary":"Simulated successful codex task.","files_changed":null,"validations":[],' +
        '"needs_human_decision":true,"warnings":null,"questions":null,"artifacts":{' +
        '"normalized-task.json":"/r/normalized-task.json","normalized_task_ref":"/r/normalized-task.json",' +
        '"original-input.txt":"/r/original-input.txt","original_input_ref":"/r/original-input.txt",' +
        '"stdout.log":"/r/stdout.log"},"raw_output_ref":"/r/stdout.log","is_simulation":true,"retryable":false,' +
        '"created_at":"2026-11-20T06:38:48.279Z","updated_at":"2026-11-20T06:38:48.28Z",' +
        '"attempt_state":"completed","failure_class":null,"exit_code":0,"signal":null,"base_commit":null,' +
        '"gates":["gate-s-min-a1"],"salvage":null,"session":null,"usage":null}\n',
    );
  });

  it('WIRE-6: of validations by attempt', () => {
    const passed: ValidationRecord = sample.validation({ name: 'lint', state: 'passed', exitCode: 0, durationMs: 12 });
    const killed = sample.validation({
      name: 'tests',
      state: 'errored',
      exitCode: null,
      signal: 'SIGKILL',
      error: 'gone',
      stdoutRef: '/r/out',
      ordinal: 1,
    });
    expect(encodeJson(encodeValidationsByAttempt(new Map([['s-min-a1', [passed, killed]]])))).toBe(
      '{"s-min-a1":[{"name":"lint","command":"true","state":"passed","passed":true,"exit_code":0,"duration_ms":12,' +
        '"updated_at":"2026-11-20T06:38:48.28Z","attempt_id":"s-min-a1","ordinal":0,"required":true,"signal":null,' +
        '"started_at":null},{"name":"tests","command":"true","state":"errored","passed":false,"exit_code":-1,' +
        '"stdout_ref":"/r/out","error":"gone","duration_ms":0,"updated_at":"2026-11-20T06:38:48.28Z",' +
        '"attempt_id":"s-min-a1","ordinal":1,"required":true,"signal":"SIGKILL","started_at":null}]}\n',
    );
    expect(encodeJson(encodeValidationsByAttempt(new Map()))).toBe('{}\n');
  });

  it('WIRE-1: of an artifact', () => {
    const artifact = sample.artifact({ name: 'stdout.log', type: 'stdout', sizeBytes: 58 });
    expect(encodeJson(encodeArtifact(artifact))).toBe(
      '{"id":"art-s-min-a1-stdout.log","attempt_id":"s-min-a1","type":"stdout","name":"stdout.log",' +
        `"path":"/r/stdout.log","size":58,"hash":"${'a'.repeat(64)}","mime_type":"text/plain; charset=utf-8",` +
        '"created_at":"2026-11-20T06:38:48.279Z","updated_at":"2026-11-20T06:38:48.279Z","step_id":"s-min",' +
        '"contains_secret":false}\n',
    );
  });

  it('WIRE-5, WIRE-7: of a gate that nobody decided yet', () => {
    const gate: GateRecord = sample.gate({ attemptId: null });
    expect(encodeJson(encodeGate(gate))).toBe(
      '{"id":"gate-s-min-a1","run_id":"http1","step_id":"s-min","description":"Changed files exceeded threshold",' +
        '"state":"pending","created_at":"2026-11-20T06:38:48.279Z","resolved_at":null,"kind":"policy",' +
        `"subject":"attempt","attempt_id":"","reasons":["Changed files exceeded threshold"],"subject_digest":"${'b'.repeat(64)}",` +
        '"expires_at":null,"on_expiry":"keep","decided_by":null,"decided_digest":null,"reason":"","request":null,"scope":null}\n',
    );
  });

  it('WIRE-1: of a gate that asks for a permission', () => {
    const request = {
      tool: 'Bash',
      toolKind: 'execute',
      title: 'npm test',
      command: 'npm test',
      cwd: '/w',
      paths: ['a.ts'],
      diff: null,
      input: '{}',
      reason: '',
    };
    expect(encodeJson(encodeGate(sample.gate({ kind: 'permission', request, scope: 'once' })))).toContain(
      '"reason":"","request":{"tool":"Bash","tool_kind":"execute","title":"npm test","command":"npm test","cwd":"/w",' +
        '"paths":["a.ts"],"diff":null,"input":"{}","reason":""},"scope":"once"}\n',
    );
  });

  it('WIRE-1: of an instance', () => {
    const instance = {
      id: InstanceId.parse('i1'),
      version: '0.1.0',
      repoRoot: '/srv/sample/repo',
      stateDir: '/srv/sample/repo/.codencer',
      workspaceRoot: '/srv/sample/repo/.codencer/workspace',
      host: '127.0.0.1',
      port: 8085,
      baseUrl: 'http://127.0.0.1:8085',
      executionMode: 'simulation',
      pid: 7,
      startedAtMs: sample.AT_MS,
      nodeVersion: 'v24.0.0',
      system: 'WSL Ubuntu',
    } as const;
    expect(encodeJson(encodeInstance(instance))).toBe(
      '{"version":"0.1.0","repo_root":"/srv/sample/repo","state_dir":"/srv/sample/repo/.codencer",' +
        '"workspace_root":"/srv/sample/repo/.codencer/workspace","host":"127.0.0.1","port":8085,' +
        '"base_url":"http://127.0.0.1:8085","execution_mode":"simulation","pid":7,' +
        '"started_at":"2026-11-20T06:38:48.279Z","id":"i1","repo_name":"repo",' +
        '"manifest_path":"/srv/sample/repo/.codencer/instance.json","node_version":"v24.0.0",' +
        '"system":"WSL Ubuntu"}\n',
    );
    const windows = encodeInstance({ ...instance, repoRoot: 'C:\\code\\app\\', stateDir: 'C:\\code\\app\\.codencer' });
    expect(windows.repo_name).toBe('app');
    expect(windows.manifest_path).toBe('C:\\code\\app\\.codencer\\instance.json');
    expect(decodeInstance({ ...windows, execution_mode: 'REAL' })).toEqual({
      ok: false,
      error: 'execution_mode: must be one of "simulation", "real"',
    });
  });

  it('WIRE-1: of a wait, with the gates after what callers know', () => {
    const view = { step: viewStep(sample.step({})), result: null, isTerminal: false, hasTimedOut: true, gates: [] };
    expect(Object.keys(JSON.parse(encodeJson(encodeStepWait(view))))).toEqual([
      'step_id',
      'state',
      'terminal',
      'timed_out',
      'step',
      'gates',
    ]);
  });

  it('of a refusal, for those who ask for JSON', () => {
    const refusal = { code: 'gate_ambiguous', message: 'which one?', details: { gateIds: ['a'] } } as const;
    expect(encodeJson(encodeProblem(refusal, 'r1'))).toBe(
      '{"type":"urn:codencer:error:gate_ambiguous","title":"gate ambiguous","status":409,"detail":"which one?",' +
        '"code":"gate_ambiguous","retry":"no","request_id":"r1","details":{"gateIds":["a"]}}\n',
    );
  });
});
