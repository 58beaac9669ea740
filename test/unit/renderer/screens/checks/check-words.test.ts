import { describe, expect, it } from 'vitest';
import type { ClientArtifact } from '../../../../../contract/client/client-artifact.ts';
import type { ClientValidation } from '../../../../../contract/client/client-validation.ts';
import { checkState, checksSentence, outputsOf } from '../../../../../renderer/screens/checks/check-words.ts';

const CHECK: ClientValidation = {
  name: 'lint',
  command: 'npm run lint',
  state: 'passed',
  hasPassed: true,
  isRequired: true,
  exitCode: 0,
  durationMs: 12,
  error: '',
  stdoutPath: '/a/out',
  stderrPath: '/a/err',
};

const ARTIFACT: ClientArtifact = {
  id: 'art-1',
  attemptId: 'a1',
  type: 'validations',
  name: 'validations/1-lint.stdout.log',
  path: '/a/out',
  sizeBytes: 3,
  sha256: '',
  mediaType: 'text/plain',
  containsSecret: false,
};

describe('a check', () => {
  it('of an old daemon has passed or has failed', () => {
    expect(checkState({ ...CHECK, state: '' })).toBe('passed');
    expect(checkState({ ...CHECK, state: '', hasPassed: false })).toBe('failed');
    expect(checkState({ ...CHECK, state: 'errored' })).toBe('errored');
  });

  it('has as output what is kept and not empty', () => {
    const empty = { ...ARTIFACT, id: 'art-2', path: '/a/err', sizeBytes: 0 };
    expect(outputsOf(CHECK, [ARTIFACT, empty]).map(({ name, artifact }) => `${name} ${artifact.id}`)).toEqual([
      'Output art-1',
    ]);
    expect(outputsOf({ stdoutPath: '', stderrPath: '' }, [{ ...ARTIFACT, path: '' }])).toEqual([]);
  });

  it.each([
    [[CHECK], '1 of 1 passed.'],
    [[CHECK, { ...CHECK, state: 'failed' }], '1 of 2 passed.'],
    [
      [CHECK, { ...CHECK, state: 'failed', isRequired: false }],
      '1 of 2 passed. 1 of those that did not pass is not required.',
    ],
  ])('is counted in a sentence', (checks, sentence) => {
    expect(checksSentence(checks)).toBe(sentence);
  });
});
