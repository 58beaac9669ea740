import { describe, expect, it } from 'vitest';
import { type JsonObject, parseJson } from '../../../contract/client/json-value.ts';
import { TaskSpec } from '../../../contract/task-spec.ts';
import { encodeTaskSpec } from '../../../contract/wire/encode-task-spec.ts';
import { decodeTaskSpec } from '../../../contract/wire/task-spec.ts';
import { explainTaskKeys, unknownTaskKeys } from '../../../main/cli/task-keys.ts';
import { successOf } from '../../support/success-of.ts';

const FULL = TaskSpec.parse({
  contextSummary: 'c',
  validations: [{ name: 'v', command: 'true', required: false, timeoutSeconds: 5 }],
  isSimulation: true,
  expectsChanges: 'yes',
  recipe: { steps: [{ run: 'true', cwd: 'src', env: { FREE: 'name' }, timeoutSeconds: 5 }] },
  simulation: { durationMs: 1, edits: [{ action: 'delete', path: 'x' }], exitCode: 1, outputBytes: 1, question: 'q' },
  priority: 1,
  notBeforeMs: 1,
  retry: { maxAttempts: 2 },
  baseRef: 'main',
  isRequired: false,
  provenance: { sourceKind: 'goal' },
});

/** `a{b c}, d` as the paths `a`, `a.b`, `a.c` and `d`. */
const NAMES = explainTaskKeys().match(/[a-z_]+/g) ?? [];

const nested = (path: readonly string[]): JsonObject =>
  path.reduceRight<JsonObject>((value, key) => ({ [key]: Object.keys(value).length === 0 ? [[]] : value }), {});

describe('keys of a task (CLI-16)', () => {
  it('are all that the wire has', () => {
    expect(unknownTaskKeys(successOf(parseJson(JSON.stringify(encodeTaskSpec(FULL)))))).toEqual([]);
  });

  it.each(NAMES.map((name) => [name]))('%s is one that the daemon reads', (name) => {
    const inSomething = ['context', 'recipe', 'simulation', 'retry'].map((outer) => [outer, name]);
    const inList = [{ recipe: { steps: [nested([name])] } }, { validations: [{ command: 'true', ...nested([name]) }] }];
    const tried = [nested([name]), ...inSomething.map(nested), ...inList];
    expect(tried.some((task) => unknownTaskKeys(task).length === 0 && !decodeTaskSpec(task).ok)).toBe(true);
  });

  it.each([
    [{ validation: [] }, 'validation (did you mean validations?)'],
    [{ recipe: { steps: [{ run: 'true' }, { command: 'x' }] } }, 'recipe.steps.command'],
    [{ retry: { max_attempt: 2 } }, 'retry.max_attempt (did you mean retry.max_attempts?)'],
    [{ toString: 1 }, 'toString'],
  ])('%j has one that nobody reads', (task, told) => {
    expect(unknownTaskKeys(task)).toEqual([`Ignored, for it is no key of a task: ${told}`]);
  });

  it('leaves values of the wrong shape to the daemon', () => {
    expect(unknownTaskKeys({ recipe: 'true', validations: null, retry: [1, 'x'] })).toEqual([]);
  });
});
