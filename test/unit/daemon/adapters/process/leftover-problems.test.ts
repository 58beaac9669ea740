import { expect, it } from 'vitest';

import { leftoverProblems } from '../../../../../main/daemon/adapters/process/leftover-problems.ts';

it.each([
  [[], false, []],
  [[7, 8], false, ['still alive after the sweep: 7, 8']],
  [[], true, ['somebody outside keeps its output open, so the end of it is missing']],
])('PROC-6, PROC-9: %j left and output cut %s', (left, isOutputCut, problems) => {
  expect(leftoverProblems({ left, isOutputCut })).toEqual(problems);
});
