import { expect, test } from 'vitest';
import { waitingText } from '../../../../renderer/words/waiting-text.ts';

test('how long somebody has been waited for', () => {
  expect(waitingText(null, 0)).toBe('Waiting');
  expect(waitingText(0, 3000)).toBe('Just asked');
  expect(waitingText(0, 720_000)).toBe('Waiting 12 min');
  expect(waitingText(0, 90_000_000)).toMatch(/^Waiting since .*1970$/);
});
