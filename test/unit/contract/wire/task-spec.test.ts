import { describe, expect, it } from 'vitest';

import { TaskSpec } from '../../../../contract/task-spec.ts';
import { encodeJson } from '../../../../contract/wire/encode-json.ts';
import { encodeTaskSpec } from '../../../../contract/wire/encode-task-spec.ts';
import { decodeTaskSpec } from '../../../../contract/wire/task-spec.ts';

/** What the unmodified command line sends for `submit day0 --goal "Say hello"`. */
const INHERITED_BODY =
  '{"version":"v1","project_id":"","run_id":"day0","phase_id":"","step_id":"","title":"Direct task",' +
  '"goal":"Say hello","context":{"summary":""},"constraints":null,"allowed_paths":null,"forbidden_paths":null,' +
  '"validations":null,"acceptance":null,"stop_conditions":null,"policy_bundle":"","adapter_profile":"",' +
  '"timeout_seconds":0,"is_simulation":false,"submission_provenance":{"source_kind":"goal",' +
  '"source_name":"inline-goal","original_format":"txt","original_input":"Say hello",' +
  '"defaults_applied":["version","title"]}}';

const accept = (value: unknown) => {
  const decoded = decodeTaskSpec(value);
  if (!decoded.ok) throw new Error(decoded.error);
  return decoded.value;
};
const refuse = (value: unknown) => {
  const decoded = decodeTaskSpec(value);
  return decoded.ok ? 'accepted' : decoded.error;
};

describe('reading a task', () => {
  it('WIRE-14: empty values of inherited keys mean that nothing was said', () => {
    const spec = accept(JSON.parse(INHERITED_BODY));
    expect(spec).toEqual(
      TaskSpec.parse({
        runId: 'day0',
        title: 'Direct task',
        goal: 'Say hello',
        provenance: {
          sourceKind: 'goal',
          sourceName: 'inline-goal',
          originalFormat: 'txt',
          originalInput: 'Say hello',
          defaultsApplied: ['version', 'title'],
        },
      }),
    );
    expect(spec.isSimulation).toBeUndefined();
    expect(spec.timeoutSeconds).toBeUndefined();
  });

  it('WIRE-16: the inherited body is written back byte for byte', () => {
    expect(encodeJson(encodeTaskSpec(accept(JSON.parse(INHERITED_BODY))))).toBe(`${INHERITED_BODY}\n`);
  });

  it('WIRE-21: a task of another version is refused with those that there are', () => {
    for (const version of ['v1', '', null]) expect(accept({ version }).version).toBe('v1');
    for (const version of ['v9', 'V1', '1', ' v1']) expect(refuse({ version })).toBe('version: must be one of "v1"');
    expect(refuse({ version: 1 })).toBe('version: must be one of "v1"');
  });

  it('an empty object is a task of defaults', () => {
    expect(accept({})).toEqual(TaskSpec.parse({}));
  });

  it('WIRE-8: keys match in any case, the last one wins, unknown ones are ignored', () => {
    const spec = accept(JSON.parse('{"GOAL":"a","Goal":"b","zzz":1,"Context":{"SUMMARY":"c"},"__proto__":{"goal":1}}'));
    expect(spec.goal).toBe('b');
    expect(spec.contextSummary).toBe('c');
  });

  it('WIRE-9: null is a key that is not there', () => {
    const all = Object.fromEntries(Object.keys(encodeTaskSpec(TaskSpec.parse({}))).map((key) => [key, null]));
    expect(accept(all)).toEqual(TaskSpec.parse({}));
    expect(accept(JSON.parse('{"goal":"a","GOAL":null}')).goal).toBe('a');
  });

  it('WIRE-15: validations have names, are required and have ten minutes', () => {
    const spec = accept({
      validations: [{ command: 'true' }, { name: 'x', command: 'y', required: false, timeout_seconds: 5 }],
    });
    expect(spec.validations).toEqual([
      { name: 'validation-1', command: 'true', required: true, timeoutSeconds: 600 },
      { name: 'x', command: 'y', required: false, timeoutSeconds: 5 },
    ]);
  });

  it('reads everything that was added', () => {
    const spec = accept({
      required: false,
      expects_changes: 'yes',
      recipe: {
        steps: [
          { run: 'make', cwd: 'sub', env: { A: 'b' }, timeout_seconds: 9 },
          { run: 'x', timeout_seconds: 0 },
        ],
      },
      simulation: {
        duration_ms: 5,
        edits: [
          { action: 'write', path: 'a', content: '' },
          { action: 'delete', path: 'b' },
        ],
        exit_code: 3,
        output_bytes: 10,
        question: 'why?',
      },
      priority: -3,
      not_before: '2026-11-20T08:38:48.279+02:00',
      retry: { max_attempts: 3, base_seconds: 0.5, on: ['command_failed'] },
      base_ref: 'main',
      is_simulation: true,
    });
    expect(spec).toEqual(
      TaskSpec.parse({
        isRequired: false,
        expectsChanges: 'yes',
        recipe: { steps: [{ run: 'make', cwd: 'sub', env: { A: 'b' }, timeoutSeconds: 9 }, { run: 'x' }] },
        simulation: {
          durationMs: 5,
          edits: [
            { action: 'write', path: 'a', content: '' },
            { action: 'delete', path: 'b' },
          ],
          exitCode: 3,
          outputBytes: 10,
          question: 'why?',
        },
        priority: -3,
        notBeforeMs: 1_795_156_728_279,
        retry: { maxAttempts: 3, baseSeconds: 0.5, on: ['command_failed'] },
        baseRef: 'main',
        isSimulation: true,
      }),
    );
  });

  it.each([
    [null, 'body: must be an object, not null'],
    [[], 'body: must be an object, not a list'],
    ['x', 'body: must be an object, not a string'],
    [{ timeout_seconds: 'x' }, 'timeout_seconds: must be a number, not a string'],
    [{ timeout_seconds: 1.5 }, 'timeout_seconds: must be a whole number'],
    [{ timeout_seconds: -1 }, 'timeout_seconds: must be more than 0'],
    [{ timeout_seconds: 1e9 }, 'timeout_seconds: must be at most 604800'],
    [{ goal: 5 }, 'goal: must be a string, not a number'],
    [{ context: 'x' }, 'context: must be an object, not a string'],
    [{ context: { summary: [] } }, 'context.summary: must be a string, not a list'],
    [{ constraints: 'x' }, 'constraints: must be a list, not a string'],
    [{ acceptance: ['a', 1] }, 'acceptance[1]: must be a string, not a number'],
    [{ validations: [{ name: 'a' }] }, 'validations[0].command: is required'],
    [{ validations: [{ command: 'a' }, { command: ' ' }] }, 'validations[1].command: must not be blank'],
    [{ validations: [{ command: 'a', timeout_seconds: -2 }] }, 'validations[0].timeout_seconds: must be more than 0'],
    [{ is_simulation: 'yes' }, 'is_simulation: must be true or false, not a string'],
    [{ expects_changes: 'maybe' }, 'expects_changes: must be one of "yes", "no", "unknown"'],
    [{ recipe: {} }, 'recipe.steps: must not be empty'],
    [{ recipe: { steps: [{}] } }, 'recipe.steps[0].run: is required'],
    [{ recipe: { steps: [{ run: 'a', env: { 'a-b': 'c' } }] } }, /^recipe\.steps\[0\]\.env\.a-b: /],
    [{ simulation: { exit_code: 256 } }, 'simulation.exit_code: must be at most 255'],
    [{ simulation: { edits: [{ action: 'chmod', path: 'a' }] } }, /^simulation\.edits\[0\]\.action: /],
    [{ simulation: { edits: [{ action: 'write', path: 'a' }] } }, 'simulation.edits[0].content: is required'],
    [{ not_before: 'tomorrow' }, 'not_before: must be an RFC 3339 time such as 2026-11-20T06:43:47Z'],
    [{ not_before: 5 }, 'not_before: must be a string, not a number'],
    [{ retry: { max_attempts: 0 } }, 'retry.max_attempts: must be at least 1'],
    [{ retry: { on: ['bad luck'] } }, /^retry\.on\[0\]: unknown failure class "bad luck"; one of: adapter_failed/],
    [{ priority: 1.5 }, 'priority: must be a whole number'],
    [{ step_id: '../../etc' }, /^step_id: must be 1 to 128 characters/],
    [{ run_id: 'a/b' }, /^run_id: must be 1 to 128 characters/],
    [{ step_id: 'a'.repeat(129) }, /^step_id: must be 1 to 128 characters/],
    [{ submission_provenance: { source_kind: 'moon' } }, /^submission_provenance\.source_kind: must be one of /],
    [{ goal: 'x'.repeat(1_000_001) }, 'goal: must have at most 1000000 characters'],
  ])('WIRE-10: refuses %j in one sentence', (value, sentence) => {
    expect(refuse(value)).toEqual(sentence instanceof RegExp ? expect.stringMatching(sentence) : sentence);
  });

  it('WIRE-10: a value that contains itself is read no deeper than a task goes', () => {
    const cyclic: Record<string, unknown> = { goal: 'g' };
    cyclic['context'] = cyclic;
    cyclic['recipe'] = { steps: [cyclic] };
    expect(refuse(cyclic)).toBe('recipe.steps[0].run: is required');
  });
});

describe('writing a task', () => {
  it('WIRE-2, WIRE-16: has every inherited key and none of the added ones when nothing was said', () => {
    expect(encodeJson(encodeTaskSpec(TaskSpec.parse({})))).toBe(
      '{"version":"v1","project_id":"","run_id":"","phase_id":"","step_id":"","title":"","goal":"",' +
        '"context":{"summary":""},"constraints":null,"allowed_paths":null,"forbidden_paths":null,"validations":null,' +
        '"acceptance":null,"stop_conditions":null,"policy_bundle":"","adapter_profile":"","timeout_seconds":0,' +
        '"is_simulation":false}\n',
    );
  });
});
