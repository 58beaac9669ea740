import { expect, test } from 'vitest';
import { readableJson } from '../../../../../renderer/screens/inbox/readable-json.ts';

test('JSON is spread out only where nothing of it is lost', () => {
  expect(readableJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readableJson('{"a":1,"a":2}')).toBe('{"a":1,"a":2}');
  expect(readableJson('{ "a": 1 }')).toBe('{ "a": 1 }');
  expect(readableJson('1.0')).toBe('1.0');
  expect(readableJson('no JSON')).toBe('no JSON');
});
