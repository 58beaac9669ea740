import fc from 'fast-check';
import { expect, it } from 'vitest';

import { ProjectId } from '../../../../contract/ids.ts';
import type { RunRecord } from '../../../../contract/records.ts';
import { isTerminalRun, RunState } from '../../../../contract/run-state.ts';
import { run } from '../../../support/sample-records.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

const fewRuns = fc.array(
  fc.record({
    projectId: fc.constantFrom('p1', 'p2'),
    conversationId: fc.constantFrom('', 'c1', 'c2'),
    state: fc.constantFrom(...RunState.options),
    createdAtMs: fc.nat({ max: 5 }),
  }),
  { maxLength: 30 },
);
const filters = fc.record({
  projectId: fc.option(fc.constantFrom('p1', 'p2'), { nil: undefined }),
  conversationId: fc.option(fc.constantFrom('', 'c1'), { nil: undefined }),
  state: fc.option(fc.constantFrom(...RunState.options), { nil: undefined }),
});

const newestFirst = (a: RunRecord, b: RunRecord) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1);

it('list runs by any filter, newest first, page by page', () => {
  fc.assert(
    fc.property(fewRuns, filters, fc.integer({ min: 1, max: 7 }), (drafts, filter, limit) => {
      const { store } = temporaryStore();
      const runs = drafts.map((draft, index) => run({ ...draft, id: `r${index}` }));
      store.transaction(() => runs.map((record) => store.runs.insert(record)));
      const { projectId, ...rest } = filter;
      const page = { ...rest, limit, ...(projectId === undefined ? {} : { projectId: ProjectId.parse(projectId) }) };

      const listed: RunRecord[] = [];
      for (let before = store.runs.list(page); before.length > 0; ) {
        listed.push(...before);
        before = store.runs.list({ ...page, before: listed.at(-1) });
      }
      const used = Object.entries(filter).filter(([, value]) => value !== undefined);
      const matching = runs.filter((record) => used.every(([field, value]) => Reflect.get(record, field) === value));
      expect(listed).toEqual(matching.sort(newestFirst));
    }),
    { numRuns: 40 },
  );
});

it('lists what has not ended, oldest first', () => {
  const { store } = temporaryStore();
  const runs = RunState.options.map((state, index) => run({ id: state, state, createdAtMs: 100 - index }));
  for (const record of runs) store.runs.insert(record);
  expect(store.runs.listOpen()).toEqual(runs.filter(({ state }) => !isTerminalRun(state)).reverse());
});
