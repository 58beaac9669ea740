import { Readable } from 'node:stream';
import { err, ok, type Result } from '../../../contract/result.ts';
import { cutPatch } from '../adapters/files/patch-sections.ts';
import { compareCommits, openPatch } from '../adapters/git/compare-commits.ts';
import type { GitFailure } from '../adapters/git/git-failure.ts';
import type { Repository } from '../adapters/git/repository.ts';
import type { Comparisons } from '../services/ports/comparisons.ts';
import type { Problem } from '../services/ports/problem.ts';

export const composeComparisons = (repository: Repository): Comparisons => ({
  list: async (pair) => orProblem(await compareCommits(repository, pair)),
  async openPatch(pair) {
    const opened = orProblem(await openPatch(repository, pair));
    return opened.ok ? ok(opened.value.createReadStream({ start: 0 })) : opened;
  },
  cutPatch: (patch, range) => cutPatch(patch instanceof Readable ? patch : Readable.from(patch), range),
});

const orProblem = <T>(done: Result<T, GitFailure>): Result<T, Problem> =>
  done.ok ? done : err({ sentence: done.error.message });
