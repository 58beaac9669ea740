import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parsePolicy } from '../../../../../main/daemon/domain/policy/parse-policy.ts';
import { DEFAULT_SAFE_REFACTOR, type Policy } from '../../../../../main/daemon/domain/policy/policy.ts';

const read = (content: unknown) => parsePolicy({ content, file: 'config/policies/p.yaml', fallbackName: 'p' });

function policyOf(content: unknown): Policy {
  const result = read(content);
  if (!result.ok) throw new Error(result.error.join('; '));
  return result.value;
}

function problemsOf(content: unknown): readonly string[] {
  const result = read(content);
  if (result.ok) throw new Error('was read');
  return result.error;
}

describe('parsePolicy', () => {
  it('reads the copy in resources as the built-in policy (POL-8, POL-9)', () => {
    const file = join(import.meta.dirname, '../../../../../resources/policies/default_safe_refactor.yaml');
    expect(policyOf(parse(readFileSync(file, 'utf8')))).toEqual(DEFAULT_SAFE_REFACTOR);
  });

  it('reads every documented key, also the inherited spellings (POL-9, POL-10)', () => {
    const policy = policyOf({
      version: 'v1',
      name: 'inherited',
      continue_when: {
        all_validations_pass: true,
        max_changed_files: 5,
        no_forbidden_paths_touched: true,
        no_migrations_detected: true,
      },
      gate_when: { changed_files_over: 9, unresolved_questions_present: true },
      retry_when: { adapter_process_failed: true, timeout_once: true },
      fail_when: { timeout_count_over: 2, artifact_persistence_failed: true },
    });
    expect(policy).toMatchObject({
      name: 'inherited',
      gateWhen: {
        changedFilesOver: 5,
        dependencyFilesChanged: false,
        migrationsDetected: true,
        unresolvedQuestions: true,
        anyValidationFails: true,
      },
      failWhen: { anyValidationFails: false },
    });
  });

  it('notes where the rules are kept that it does not evaluate (POL-11)', () => {
    const policy = policyOf({ retry_when: { timeout_once: true }, fail_when: { artifact_persistence_failed: true } });
    expect(policy.notes).toEqual([
      'fail_when.artifact_persistence_failed: work whose evidence is not whole never completes',
      'retry_when.timeout_once: retries are declared by the task (retry.on)',
    ]);
  });

  it('takes the file name when the file names no policy', () => {
    expect(policyOf({ gate_when: {} }).name).toBe('p');
    expect(policyOf({ gate_when: null }).gateWhen.changedFilesOver).toBeNull();
  });

  it.each([
    [{ gatewhen: { changedfilesover: 3 } }, 'config/policies/p.yaml: gatewhen is not a known key'],
    [{ gate_when: { changedFilesOver: 3 } }, 'config/policies/p.yaml: gate_when.changedFilesOver is not a known rule'],
    [{ gate_when: { toString: true } }, 'config/policies/p.yaml: gate_when.toString is not a known rule'],
    [{ gate_when: { changed_files_over: '3' } }, 'gate_when.changed_files_over must be a whole number from 0'],
    [{ gate_when: { changed_files_over: -1 } }, 'gate_when.changed_files_over must be a whole number from 0'],
    [{ gate_when: { migrations_detected: 'yes' } }, 'gate_when.migrations_detected must be true or false'],
    [{ gate_when: [] }, 'gate_when must be a mapping'],
    [{ version: 'v2' }, 'version must be v1'],
    [{ name: '../x' }, 'name must be'],
    [{ description: 1 }, 'description must be a text'],
    [null, 'config/policies/p.yaml: a policy is a mapping'],
    ['text', 'config/policies/p.yaml: a policy is a mapping'],
  ])('refuses %j with file and key (POL-9)', (content, sentence) => {
    expect(problemsOf(content)[0]).toContain(sentence);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ a: 1, gate_when: { b: 1 }, fail_when: { c: 1 } })).toHaveLength(3);
  });
});
