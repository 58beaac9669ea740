import { describe, expect, it } from 'vitest';
import { TaskSpec } from '../../../contract/task-spec.ts';
import { decodeWith } from '../../../contract/wire/decode.ts';

const sentenceAbout = (value: unknown): string => {
  const decoded = decodeWith(TaskSpec, value);
  return decoded.ok ? 'accepted' : decoded.error;
};

const inRecipe = (step: object) => ({ recipe: { steps: [{ run: 'true', ...step }] } });
const many = (count: number): string[] => Array.from({ length: count }, () => 'timeout');

describe('defaults of a task (TASK-1)', () => {
  it('of an empty task are these', () => {
    expect(TaskSpec.parse({})).toEqual({
      version: 'v1',
      title: '',
      goal: '',
      contextSummary: '',
      constraints: [],
      allowedPaths: [],
      forbiddenPaths: [],
      validations: [],
      acceptance: [],
      stopConditions: [],
      policyBundle: '',
      adapterProfile: '',
      expectsChanges: 'unknown',
      priority: 0,
      isRequired: true,
    });
  });

  it('of a validation: required, ten minutes', () => {
    expect(TaskSpec.parse({ validations: [{ name: 'test', command: 'npm test' }] }).validations).toEqual([
      { name: 'test', command: 'npm test', required: true, timeoutSeconds: 600 },
    ]);
  });

  it('of a retry rule: one attempt', () => {
    expect(TaskSpec.parse({ retry: {} }).retry).toEqual({
      maxAttempts: 1,
      baseSeconds: 30,
      factor: 2,
      capSeconds: 3600,
      jitterSeconds: 0,
      on: ['adapter_failed', 'timeout', 'lease_expired'],
    });
  });

  it('of a simulation: nothing happens, and well', () => {
    expect(TaskSpec.parse({ simulation: {} }).simulation).toEqual({
      durationMs: 0,
      edits: [],
      exitCode: 0,
      outputBytes: 0,
    });
  });

  it('of a recipe step: no variables, no limit of its own', () => {
    expect(TaskSpec.parse({ recipe: { steps: [{ run: 'true' }] } }).recipe).toEqual({
      steps: [{ run: 'true', env: {} }],
    });
  });

  it('are the same when a task is read twice', () => {
    const once = TaskSpec.parse({
      retry: {},
      simulation: {},
      ...inRecipe({}),
      validations: [{ name: 'a', command: 'b' }],
    });
    expect(TaskSpec.parse(once)).toEqual(once);
  });
});

describe('a task that is refused (TASK-2, TASK-3)', () => {
  const idSentence = 'must be 1 to 128 characters of A-Z, a-z, 0-9, ".", "_" or "-", starting with a letter or digit';

  it.each<[string, unknown, string]>([
    ['not an object', [], 'body: must be an object, not a list'],
    ['null', null, 'body: must be an object, not null'],
    ['a text', 'do it', 'body: must be an object, not a string'],
    ['an unknown key', { goals: 'x' }, 'body: has nothing named "goals"'],
    ['an unknown key further down', { retry: { tries: 2 } }, 'retry: has nothing named "tries"'],
    ['a number for a text', { goal: 7 }, 'goal: must be a string, not a number'],
    ['a text for a list', { constraints: 'none' }, 'constraints: must be a list, not a string'],
    ['null for a list', { acceptance: null }, 'acceptance: must be a list, not null'],
    ['a text for a number', { timeoutSeconds: '5' }, 'timeoutSeconds: must be a number, not a string'],
    ['a text for a switch', { isRequired: 'yes' }, 'isRequired: must be true or false, not a string'],
    ['traversal in an id', { stepId: '../x' }, `stepId: ${idSentence}`],
    ['an empty id', { runId: '' }, `runId: ${idSentence}`],
    ['a number for an id', { stepId: 7 }, 'stepId: must be a string, not a number'],
    [
      'a word that expects_changes has not',
      { expectsChanges: 'maybe' },
      'expectsChanges: must be one of "yes", "no", "unknown"',
    ],
    ['a negative timeout', { timeoutSeconds: -1 }, 'timeoutSeconds: must be more than 0'],
    ['no time at all', { timeoutSeconds: 0 }, 'timeoutSeconds: must be more than 0'],
    ['half a second', { timeoutSeconds: 0.5 }, 'timeoutSeconds: must be a whole number'],
    ['more than a week', { timeoutSeconds: 604_801 }, 'timeoutSeconds: must be at most 604800'],
    ['an absurd priority', { priority: 1e9 }, 'priority: must be at most 1000000'],
    ['a time before 1970', { notBeforeMs: -1 }, 'notBeforeMs: must be at least 0'],
    [
      'a time beyond all calendars',
      { notBeforeMs: 8_640_000_000_000_001 },
      'notBeforeMs: must be at most 8640000000000000',
    ],
    ['a list that is too long', { constraints: many(1_001) }, 'constraints: must have at most 1000 items'],
    ['a text that is too long', { goal: 'x'.repeat(1_000_001) }, 'goal: must have at most 1000000 characters'],
    ['an empty path pattern', { allowedPaths: [''] }, 'allowedPaths[0]: must not be empty'],
    ['an empty base', { baseRef: '' }, 'baseRef: must not be empty'],
    ['a base with a null character', { baseRef: 'ma\0in' }, 'baseRef: must not contain a null character'],
    [
      'an unknown source',
      { provenance: { sourceKind: 'fax' } },
      'provenance.sourceKind: must be one of "task_file", "task_json", "prompt_file", "goal", "stdin", "http", "mcp"',
    ],
    ['a validation without a command', { validations: [{ name: 'a' }] }, 'validations[0].command: is required'],
    [
      'a validation without a name',
      { validations: [{ name: '', command: 'a' }] },
      'validations[0].name: must not be empty',
    ],
    [
      'a blank command',
      { validations: [{ name: 'a', command: ' \n\t' }] },
      'validations[0].command: must not be blank',
    ],
    [
      'a null character in a command',
      inRecipe({ run: 'a\0b' }),
      'recipe.steps[0].run: must not contain a null character',
    ],
    [
      'a command that is too long',
      inRecipe({ run: 'x'.repeat(100_001) }),
      'recipe.steps[0].run: must have at most 100000 characters',
    ],
    ['a recipe without steps', { recipe: { steps: [] } }, 'recipe.steps: must not be empty'],
    [
      'a null character in a folder',
      inRecipe({ cwd: 'a\0' }),
      'recipe.steps[0].cwd: must not contain a null character',
    ],
    [
      'a variable with a bad name',
      inRecipe({ env: { 'MY-VAR': 'x' } }),
      'recipe.steps[0].env.MY-VAR: is not the name of an environment variable',
    ],
    [
      'a variable without a name',
      inRecipe({ env: { '': 'x' } }),
      'recipe.steps[0].env.: is not the name of an environment variable',
    ],
    [
      'a variable with an equals sign',
      inRecipe({ env: { 'A=B': 'x' } }),
      'recipe.steps[0].env.A=B: is not the name of an environment variable',
    ],
    [
      'a null character in a variable',
      inRecipe({ env: { A: 'x\0' } }),
      'recipe.steps[0].env.A: must not contain a null character',
    ],
    ['a number in a variable', inRecipe({ env: { A: 1 } }), 'recipe.steps[0].env.A: must be a string, not a number'],
    [
      'an edit of an unknown kind',
      { simulation: { edits: [{ action: 'move', path: 'a' }] } },
      'simulation.edits[0].action: needs a known "action"',
    ],
    [
      'an edit without content',
      { simulation: { edits: [{ action: 'write', path: 'a' }] } },
      'simulation.edits[0].content: is required',
    ],
    [
      'a deletion with content',
      { simulation: { edits: [{ action: 'delete', path: 'a', content: '' }] } },
      'simulation.edits[0]: has nothing named "content"',
    ],
    ['an exit code that no program has', { simulation: { exitCode: 256 } }, 'simulation.exitCode: must be at most 255'],
    [
      'an absurd amount of output',
      { simulation: { outputBytes: 1e12 } },
      'simulation.outputBytes: must be at most 2000000000',
    ],
    ['no attempt', { retry: { maxAttempts: 0 } }, 'retry.maxAttempts: must be at least 1'],
    ['too many attempts', { retry: { maxAttempts: 101 } }, 'retry.maxAttempts: must be at most 100'],
    ['a shrinking delay', { retry: { factor: 0.5 } }, 'retry.factor: must be at least 1'],
    ['a negative jitter', { retry: { jitterSeconds: -1 } }, 'retry.jitterSeconds: must be at least 0'],
    ['an absurd cap', { retry: { capSeconds: 1e9 } }, 'retry.capSeconds: must be at most 604800'],
    [
      'an unknown failure class',
      { retry: { on: ['flaky'] } },
      'retry.on[0]: unknown failure class "flaky"; one of: adapter_failed, command_failed, validation_failed, timeout, no_progress, request_loop, input_unread, output_flood, limit_reached, auth_failed, rate_limited, model_failed, permission_denied, interrupted, lease_expired, provisioning_failed, evidence_failed, policy, cancelled',
    ],
    ['a class that is no list', { retry: { on: 'timeout' } }, 'retry.on: must be a list, not a string'],
    ['too many classes', { retry: { on: many(21) } }, 'retry.on: must have at most 20 items'],
  ])('with %s', (_name, value, sentence) => {
    expect(sentenceAbout(value)).toBe(sentence);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300])('with %s for a number', (value) => {
    expect(sentenceAbout({ timeoutSeconds: value })).toMatch(/^timeoutSeconds: must be /);
    expect(sentenceAbout({ retry: { baseSeconds: value } })).toMatch(/^retry\.baseSeconds: must be /);
  });
});

describe('a task that is accepted', () => {
  it.each<[string, unknown]>([
    [
      'at every upper limit',
      {
        timeoutSeconds: 604_800,
        priority: -1_000_000,
        constraints: many(1_000),
        retry: { maxAttempts: 100, on: many(20) },
      },
    ],
    [
      'with odd but usable texts',
      {
        title: 'a\0b',
        goal: '\u{1f600}',
        stepId: 'A..b-',
        baseRef: 'HEAD~1',
        ...inRecipe({ env: { _A1: '' }, cwd: '' }),
      },
    ],
    ['with a recipe of several lines', inRecipe({ run: 'set -e\nmake "all"\n' })],
  ])('%s (TASK-2, TASK-3)', (_name, value) => {
    expect(sentenceAbout(value)).toBe('accepted');
  });
});
