import { describe, expect, it } from 'vitest';
import type { ClientFailure } from '../../../../contract/client/client-failure.ts';
import { failureWords } from '../../../../renderer/words/failure-words.ts';

const refused = (message: string): ClientFailure => ({ kind: 'refused', status: 400, code: null, message });

const causeOf = (message: string): string => failureWords(refused(message)).cause;

describe('the cause of a refusal', () => {
  it('is a sentence', () => {
    expect(causeOf('the run has ended')).toBe('The run has ended.');
    expect(causeOf('Wait for it!')).toBe('Wait for it!');
  });

  it('leaves the name of a key as it is written', () => {
    expect(causeOf('timeout_seconds: must be a number')).toBe('timeout_seconds: must be a number.');
    expect(causeOf('title: must not be empty')).toBe('title: must not be empty.');
  });
});
