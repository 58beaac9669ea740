import assert from 'node:assert';
import { test } from 'node:test';
import { total } from './total.mjs';

test('a total has two decimals', () => {
  assert.equal(total([0.1, 0.2]), '0.30');
});
