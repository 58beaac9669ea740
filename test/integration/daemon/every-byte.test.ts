import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SalvageRecord } from '../../../contract/records.ts';
import { decodeResult, type ResultView } from '../../../contract/wire/result.ts';
import { createPlainRepository, plainGit } from '../../support/git-sandbox.ts';
import { contentOfRefs, findMissing } from '../../support/missing-work.ts';
import {
  EVERYTHING,
  type MadeWork,
  PLANNED_FILES,
  type Plan,
  type PlannedAction,
  type PlannedWork,
  plannedActions,
  planWork,
} from '../../support/planned-work.ts';
import { successOf } from '../../support/success-of.ts';
import { command, createTaskClient } from '../../support/task-client.ts';
import { createRepository, type TemporaryRepository } from '../../support/temporary-repository.ts';
import { startTestDaemon, type TestDaemon } from '../../support/test-daemon.ts';
import { waitUntil } from '../../support/wait-until.ts';

const RUNS = Number(process.env['CODENCER_TEST_WORK_RUNS'] ?? 2);
const SEED = process.env['CODENCER_TEST_WORK_SEED'];
const LONG_MS = 60_000 + RUNS * 10_000;

interface Way {
  readonly name: string;
  readonly ending: Plan['ending'];
  readonly task?: Readonly<Record<string, unknown>>;
  /** Ends the work from outside, once so much of the plan is done. */
  readonly end?: (stepId: string) => Promise<void>;
  readonly states: readonly string[];
}

const FAILS: Way = { name: 'it fails', ending: 'fail', states: ['failed_terminal'] };

describe(`every byte that a program makes (${RUNS} plans for each end)`, () => {
  let repository: TemporaryRepository;
  let daemon: TestDaemon;
  let client: ReturnType<typeof createTaskClient>;
  let count = 0;

  beforeAll(async () => {
    repository = createRepository(PLANNED_FILES);
    const source = createPlainRepository(join(repository.root, '../source'), { 'theirs.txt': 'theirs\n' });
    plainGit(repository.root, ['submodule', '--quiet', 'add', source, 'sub']);
    plainGit(repository.root, ['commit', '--quiet', '--all', '-m', 'with a submodule']);
    await start();
    await client.startRun('bytes');
  });
  afterAll(async () => {
    await daemon.stop();
    repository.remove();
  });

  async function start(): Promise<void> {
    daemon = await startTestDaemon({ repoRoot: repository.root });
    client = createTaskClient(daemon);
  }

  const ways: readonly Way[] = [
    FAILS,
    { name: 'its time is up', ending: 'hang', task: { timeout_seconds: 1 }, states: ['timeout'] },
    {
      name: 'it is cancelled',
      ending: 'hang',
      end: async (stepId) => {
        await daemon.request('POST', `/api/v1/steps/${stepId}/cancel`, { reason: 'enough' });
      },
      states: ['cancelled'],
    },
    {
      name: 'its daemon is killed',
      ending: 'hang',
      end: async () => {
        await daemon.kill();
        await start();
      },
      states: ['failed_bridge'],
    },
    {
      name: 'a part of it outlives the rest',
      ending: 'outlive',
      states: ['completed', 'completed_with_warnings', 'needs_approval'],
    },
  ];

  for (const way of ways) {
    it(`is somewhere, and the result says where, when ${way.name}`, { timeout: LONG_MS }, async () => {
      const run = fc.record({ actions: plannedActions, endAfter: fc.double({ min: 0, max: 1, noNaN: true }) });
      await fc.assert(
        fc.asyncProperty(run, async (drawn) => void (await live(way, drawn))),
        {
          numRuns: RUNS,
          examples: [[{ actions: EVERYTHING, endAfter: 1 }]],
          ...(SEED === undefined ? {} : { seed: Number(SEED) }),
          endOnFailure: true,
        },
      );
    });
  }

  it('is told with every place: refs, bundles, the kept worktree, listed caches', { timeout: LONG_MS }, async () => {
    const overLimit = { do: 'write', path: 'build/huge.o', content: { bytes: 11 * 1024 * 1024 } } as const;
    const result = await live(FAILS, { actions: [...EVERYTHING, overLimit], endAfter: 1 });
    const salvage = salvageOf(result);
    expect(salvage.refs.map(({ holds }) => holds)).toEqual(expect.arrayContaining(['work', 'lost-commits']));
    expect(salvage.bundles.map(({ path }) => path).sort()).toEqual(['nested', 'sub']);
    for (const { artifact, file } of salvage.bundles) expect(result.artifacts.get(artifact)).toBe(file);
    expect(salvage.cachesListed.map(({ path }) => path)).toEqual(['node_modules']);
    expect(salvage.notSaved).toMatchObject([{ path: 'build/huge.o' }]);
    expect(salvage.keptWorktree).toBe(join(repository.root, worktreeOf(result)));
  });

  const inValidations: readonly (readonly [string, readonly PlannedAction[]])[] = [
    [
      'work of every kind',
      [...EVERYTHING.filter(({ do: it }) => it !== 'stash'), { do: 'nested-repository', folder: 'second' }],
    ],
    ['only what is too large', [{ do: 'write', path: 'build/larger.o', content: { bytes: 12 * 1024 * 1024 } }]],
    ['only a repository', [{ do: 'nested-repository', folder: 'build/second' }]],
    [
      'only a commit that is dropped',
      [{ do: 'write', path: 'a.txt', content: 'gone\n' }, { do: 'commit' }, { do: 'drop-commit' }],
    ],
    ['nothing', []],
  ];
  for (const [what, actions] of inValidations) {
    it(`is somewhere when a validation makes ${what}`, { timeout: LONG_MS }, async () => {
      const before: readonly PlannedAction[] = [
        { do: 'write', path: 'first.txt', content: 'first\n' },
        { do: 'write', path: 'build/first.o', content: { bytes: 11 * 1024 * 1024 } },
        { do: 'nested-repository', folder: 'first' },
      ];
      const [first, second] = [before, actions].map((planned) => plan({ actions: planned, ending: 'succeed' }));
      if (first === undefined || second === undefined) throw new Error('two plans');
      const validations = [{ name: 'makes more', command: second.command }];
      const result = await settled(await client.submit('bytes', { ...command(first.command), validations }));
      expect(result.state).toBe('completed_with_warnings');
      expectEverything(first, result);
      expectEverything(second, result);
      const isTold = result.warnings.some((warning) => warning.startsWith('validations changed the worktree'));
      expect(isTold).toBe(actions.length > 0);
      const salvage = salvageOf(result);
      for (const places of [salvage.bundles, salvage.notSaved, salvage.refs]) {
        expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(places.length);
      }
    });
  }

  it('leaves a repository and a record without a fault', { timeout: LONG_MS }, async () => {
    plainGit(repository.root, ['fsck', '--connectivity-only', '--no-dangling']);
    const audit = await daemon.request('GET', '/api/v1/audit/verify');
    expect(audit.json).toMatchObject({ ok: true, problems: [] });
  });

  interface Drawn {
    readonly actions: readonly PlannedAction[];
    readonly endAfter: number;
  }

  function plan(drawn: Pick<Plan, 'actions' | 'ending'>): PlannedWork {
    count += 1;
    return planWork(dirname(repository.root), { name: `work-${count}`, ...drawn });
  }

  async function settled({ id }: { readonly id: string }): Promise<ResultView> {
    await client.wait(id, 60_000);
    return successOf(decodeResult((await daemon.request('GET', `/api/v1/steps/${id}/result`)).json));
  }

  async function live(way: Way, { actions, endAfter }: Drawn): Promise<ResultView> {
    const work = plan({ actions, ending: way.ending });
    const step = await client.submit('bytes', { ...command(work.command), ...way.task });
    if (way.end !== undefined) {
      await waitUntil(() => isFarEnough(work.made(), actions.length, endAfter));
      await way.end(step.id);
    }
    const result = await settled(step);
    if (!isTrueEnd(way, work.made(), result)) throw new Error(`no such end: ${JSON.stringify(result)}`);
    if (way.ending === 'outlive') expect(work.made().lateFiles).toBeGreaterThan(0);
    expectEverything(work, result);
    expect(repository.git('status', '--porcelain')).toBe('');
    await waitUntil(() => isTidy(result));
    return result;
  }

  /** A repository that was being made when its maker was stopped is none yet: a person has to look at what stays. */
  function isTrueEnd({ states }: Way, { hasEnded }: MadeWork, result: ResultView): boolean {
    if (states.includes(result.state)) return true;
    const { notSaved, keptWorktree } = salvageOf(result);
    const losses = notSaved.filter(({ reason }) => !reason.includes('the limit is'));
    const isCutOff = losses.length > 0 && losses.every(({ reason }) => reason.includes('no repository git can read'));
    return !hasEnded && result.state === 'needs_manual_attention' && isCutOff && keptWorktree !== null;
  }

  /** The worktree goes after the step has ended, unless the result says that it stays. */
  const isTidy = (result: ResultView): boolean =>
    existsSync(join(repository.root, worktreeOf(result))) === (salvageOf(result).keptWorktree !== null);

  const isFarEnough = ({ actionsDone, hasEnded }: MadeWork, actions: number, endAfter: number): boolean =>
    hasEnded || (endAfter < 1 && actionsDone > actions * endAfter);

  const worktreeOf = ({ attemptId }: ResultView): string => `.codencer/workspace/${attemptId}`;

  function expectEverything(work: PlannedWork, result: ResultView): void {
    const salvage = salvageOf(result);
    const missing = findMissing(work.made(), {
      repositoryRoot: repository.root,
      content: contentOfRefs(repository.root),
      baseCommit: result.baseCommit,
      salvage,
      scratch: join(repository.root, '../bundles'),
    });
    expect({ missing, salvage }).toEqual({ missing: [], salvage });
    for (const { path } of salvage.cachesListed) expect(path).toMatch(/(^|\/)node_modules$/);
  }
});

function salvageOf({ salvage }: ResultView): SalvageRecord {
  if (salvage === null) throw new Error('the result does not say what became of the work');
  return salvage;
}
