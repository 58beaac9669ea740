import { describe, expect, it } from 'vitest';
import { errorSentence } from '../../../../../../main/daemon/adapters/executors/agent/error-sentence.ts';

describe('the sentence in an error', () => {
  it.each([
    ['[API Error: {"error":{"code":400,"message":"No such model.","status":"X"}}]', 'No such model.'],
    ['[API Error: 401 Who are you?]', '401 Who are you?'],
    ['{"error":{"message":"{\\"error\\":{\\"message\\":\\"Deep down.\\"}}"}}', 'Deep down.'],
    ['{"message":"Plain."}', 'Plain.'],
    ['{"error":"a word"}', '{"error":"a word"}'],
    ['[API Error: {"error":{"mess', '[API Error: {"error":{"mess'],
    ['{ not JSON', '{ not JSON'],
    ['Two\nlines', 'Two\nlines'],
    ['', ''],
  ])('GEMINI-10, QWEN-9, ACP-10: of %s', (text, sentence) => {
    expect(errorSentence(text)).toBe(sentence);
  });
});
