import { expect, it } from 'vitest';
import type { ClientSalvageEntry } from '../../../../../contract/client/client-salvage.ts';
import { foldersFirst, keptWords, matches } from '../../../../../renderer/screens/salvage/salvage-words.ts';

const ENTRY: ClientSalvageEntry = {
  attemptId: 'fix-login-a1',
  stepId: 'fix-login',
  runId: 'checkout-v2',
  attemptState: 'completed',
  refs: [{ name: 'refs/codencer/checkout-v2/fix-login/fix-login-a1', commit: 'abc', holds: 'work' }],
  bundles: [],
  notSaved: [],
  keptWorktree: null,
  containsSecret: false,
  restore: [],
  lostOnRelease: [],
};

it('counts what is kept', () => {
  expect(keptWords(ENTRY)).toBe('1 ref');
  const bundle = { path: 'inner', artifact: 'inner.bundle' };
  expect(keptWords({ ...ENTRY, bundles: [bundle, bundle], keptWorktree: '/w' })).toBe('1 ref, 2 bundles, its folder');
  expect(keptWords({ ...ENTRY, refs: [] })).toBe('nothing any more');
});

it('has the folders that are still there first, and else keeps the order', () => {
  const kept = { ...ENTRY, attemptId: 'b', keptWorktree: '/w' };
  expect(foldersFirst([ENTRY, { ...ENTRY, attemptId: 'c' }, kept]).map(({ attemptId }) => attemptId)).toEqual([
    'b',
    'fix-login-a1',
    'c',
  ]);
});

it.each([
  ['LOGIN', true],
  [' checkout ', true],
  ['refs/codencer', true],
  ['', true],
  ['cart', false],
])('is found by %j: %s', (text, isFound) => {
  expect(matches(ENTRY, text)).toBe(isFound);
});
