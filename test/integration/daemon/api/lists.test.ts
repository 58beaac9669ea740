import { beforeEach, describe, expect, it } from 'vitest';

import { httpAnswer } from '../../../support/http-request.ts';
import { AT_MS, artifact, attempt, gate, run, step } from '../../../support/sample-records.ts';
import { insertRun } from '../../../support/temporary-store.ts';
import { startTestApi, type TestApi } from '../../../support/test-api.ts';

const COUNT = 7;
const at = (index: number) => new Date(AT_MS + index * 1000).toISOString();

/** Each list has seven rows, made a second after one another, and says its ids in its own order. */
const LISTS = {
  runs: { path: '/api/v1/runs', ids: ['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0'], empty: 'null\n' },
  steps: { path: '/api/v1/runs/r0/steps', ids: ['s0', 's1', 's2', 's3', 's4', 's5', 's6'], empty: 'null\n' },
  attempts: { path: '/api/v1/steps/s0/attempts', ids: ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6'], empty: '[]\n' },
  artifacts: { path: '/api/v1/steps/s0/artifacts', ids: ['f6', 'f5', 'f4', 'f3', 'f2', 'f1', 'f0'], empty: 'null\n' },
  gates: { path: '/api/v1/gates', ids: ['g6', 'g5', 'g4', 'g3', 'g2', 'g1', 'g0'], empty: '[]\n' },
  'steps of all runs': { path: '/api/v1/steps', ids: ['s6', 's5', 's4', 's3', 's2', 's1', 's0'], empty: '[]\n' },
  'gates of a run': { path: '/api/v1/runs/r0/gates', ids: ['g6', 'g5', 'g4', 'g3', 'g2', 'g1', 'g0'], empty: 'null\n' },
} as const;
type ListName = keyof typeof LISTS;
const NAMES = Object.keys(LISTS) as ListName[];

let test: TestApi;
beforeEach(async () => {
  test = await startTestApi();
  for (let index = 0; index < COUNT; index += 1) insertNumber(index);
});

function insertNumber(index: number): void {
  const { store } = test;
  const createdAtMs = AT_MS + index * 1000;
  const isOdd = index % 2 === 1;
  store.runs.insert(
    run({ id: `r${index}`, createdAtMs, projectId: isOdd ? 'odd' : 'even', state: isOdd ? 'running' : 'completed' }),
  );
  if (index === 0) insertPhase();
  const place = { id: `s${index}`, runId: 'r0', phaseId: 'phase-execution-main' };
  const spec = { title: isOdd ? 'An ODD title' : 'plain', goal: `goal ${index}` };
  const fields = { state: isOdd ? 'failed_terminal' : 'completed', executor: isOdd ? 'claude' : 'codex' };
  store.steps.insert(step({ spec, record: { ...place, ...fields, createdAtMs } }));
  const tried = { id: `a${index}`, stepId: 's0', runId: 'r0', number: index + 1, summary: isOdd ? 'oddly' : '' };
  store.attempts.insert(attempt({ ...tried, ...fields, createdAtMs }));
  store.artifacts.insert(
    artifact({
      id: `f${index}`,
      attemptId: `a${index}`,
      stepId: 's0',
      name: isOdd ? 'odd.txt' : 'x',
      type: isOdd ? 'file' : 'stdout',
      createdAtMs,
    }),
  );
  const asked = { id: `g${index}`, runId: 'r0', stepId: 's0', attemptId: `a${index}`, createdAtMs };
  store.gates.insert(
    gate({ ...asked, state: isOdd ? 'approved' : 'pending', reasons: [isOdd ? 'Odd files' : 'many'] }),
  );
}

function insertPhase(): void {
  insertRun(test.store, 'main');
  const made = test.store.phases.listOfRun(run({ id: 'main' }).id)[0];
  if (made !== undefined) test.store.phases.save({ ...made, name: 'of r0' });
}

const get = (path: string) => httpAnswer({ port: test.port, path });
const idsIn = (body: string): readonly string[] =>
  ((JSON.parse(body) ?? []) as readonly { readonly id: string }[]).map(({ id }) => id).filter((id) => id !== 'main');

async function readThrough(first: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const page = await get(path);
    ids.push(...idsIn(page.body));
    path = /^<([^>]+)>; rel="next"$/.exec(page.headers.link?.toString() ?? '')?.[1];
  }
  return ids;
}

describe.each(NAMES)('HTTP-44: the list of %s', (name) => {
  const { path, ids, empty } = LISTS[name];
  const odd = ids.filter((id) => Number(id.slice(1)) % 2 === 1);

  it('is whole without parameters, and the same page after page', async () => {
    const whole = await get(path);
    expect([idsIn(whole.body), whole.headers.link]).toEqual([ids, undefined]);
    for (const limit of [1, 3, 7, 8]) expect(await readThrough(`${path}?limit=${limit}`)).toEqual(ids);
  });

  it('is narrowed by time', async () => {
    const wanted = ids.filter((id) => Number(id.slice(1)) >= 2 && Number(id.slice(1)) < 5);
    expect(await readThrough(`${path}?since=${at(2)}&until=${at(5)}&limit=2`)).toEqual(wanted);
    expect(await readThrough(`${path}?since=${at(2).replace('Z', '+00:00')}&until=${at(5)}`)).toEqual(wanted);
    expect((await get(`${path}?since=${at(50)}`)).body).toBe(empty);
  });

  it('is narrowed by a text in any case', async () => {
    expect(await readThrough(`${path}?text=odD&limit=2`)).toEqual(odd);
    expect((await get(`${path}?text=nowhere`)).body).toBe(empty);
  });

  it('takes what came in between neither twice nor for something else', async () => {
    const first = await get(`${path}?limit=3`);
    insertNumber(9);
    const next = /^<([^>]+)>/.exec(first.headers.link?.toString() ?? '')?.[1] ?? '';
    const rest = (await readThrough(next)).filter((id) => !id.endsWith('9'));
    expect([...idsIn(first.body), ...rest]).toEqual(ids);
  });

  it.each([
    'limit=0',
    'limit=many',
    'limit=1001',
    'since=yesterday',
    'until=1',
    'after=nothing',
    `text=${'x'.repeat(1001)}`,
  ])('refuses %s in one sentence that names it', async (query) => {
    const { status, body } = await get(`${path}?${query}`);
    const parameter = query.split('=', 1)[0] ?? '';
    expect([status, body]).toEqual([400, expect.stringMatching(new RegExp(`^${parameter}: [^\\n]+\\n$`))]);
  });
});

describe('HTTP-44: filters of their own', () => {
  it.each([
    ['/api/v1/runs?state=running&text=odd', ['r5', 'r3', 'r1']],
    ['/api/v1/runs?project_id=odd&limit=2', ['r5', 'r3', 'r1']],
    ['/api/v1/runs?state=nonsense&text=odd', []],
    ['/api/v1/runs?state=running&state=completed&limit=2', ['r6', 'r5', 'r4', 'r3', 'r2', 'r1', 'r0']],
    ['/api/v1/runs?state=running&state=failed&state=nonsense&limit=2', ['r5', 'r3', 'r1']],
    ['/api/v1/runs?state=running&state=running&text=odd', ['r5', 'r3', 'r1']],
    ['/api/v1/steps?state=failed_terminal&limit=2', ['s5', 's3', 's1']],
    ['/api/v1/steps?state=failed_terminal&state=completed&run=r0&limit=4', ['s6', 's5', 's4', 's3', 's2', 's1', 's0']],
    ['/api/v1/steps?executor=codex&text=GOAL', ['s6', 's4', 's2', 's0']],
    ['/api/v1/steps?run=r1', []],
    ['/api/v1/runs/r0/steps?state=failed_terminal', ['s1', 's3', 's5']],
    ['/api/v1/runs/r0/steps?executor=codex&limit=3', ['s0', 's2', 's4', 's6']],
    ['/api/v1/runs/none/steps?limit=3', []],
    ['/api/v1/steps/s0/attempts?state=completed', ['a0', 'a2', 'a4', 'a6']],
    ['/api/v1/steps/s0/attempts?executor=claude', ['a1', 'a3', 'a5']],
    ['/api/v1/steps/s0/artifacts?type=file', ['f5', 'f3', 'f1']],
    ['/api/v1/steps/s0/artifacts?attempt=a4', ['f4']],
    ['/api/v1/gates?state=pending&run=r0&step=s0', ['g6', 'g4', 'g2', 'g0']],
    ['/api/v1/gates?run=..', []],
    ['/api/v1/runs/r0/gates?state=approved', ['g5', 'g3', 'g1']],
  ])('%s', async (path, ids) => {
    expect(await readThrough(path)).toEqual(ids);
  });

  it.each([
    '/api/v1/runs/r0/steps?state=odd',
    '/api/v1/steps?state=completed&state=odd',
    '/api/v1/steps/s0/attempts?state=pending',
    '/api/v1/steps/s0/artifacts?type=x',
    '/api/v1/gates?state=open',
  ])('%s is refused with the words that it may be', async (path) => {
    expect(await get(path)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^(state|type)(\[1\])?: must be one of /),
    });
  });

  it('an unknown step is refused with or without parameters', async () => {
    expect((await get('/api/v1/steps/none/attempts?limit=3')).status).toBe(404);
  });
});

describe('HTTP-68: runs with counts', () => {
  interface Counted {
    readonly id: string;
    readonly step_counts?: object;
    readonly gates_pending?: number;
  }
  const runsIn = (body: string): readonly Counted[] => JSON.parse(body) ?? [];

  it('tell how many steps are in which state, and how many gates wait', async () => {
    const { body } = await get('/api/v1/runs?include=counts');
    const counts = runsIn(body).map(({ id, step_counts: steps, gates_pending: gates }) => [id, steps, gates]);
    expect(counts).toContainEqual(['r0', { completed: 4, failed_terminal: 3 }, 4]);
    expect(counts.at(0)).toEqual(['r6', {}, 0]);
    expect(runsIn((await get('/api/v1/runs?text=r0&include=counts')).body)[0]).toMatchObject({ gates_pending: 4 });
  });

  it.each([
    ['include=counts&limit=2', '8'],
    ['include=counts&state=running', '4'],
    ['include=counts&state=running&state=completed&project_id=odd', '3'],
    ['include=counts&project_id=..', '0'],
    ['include=counts&text=odd', undefined],
    ['limit=2', undefined],
  ])('say with %s that there are %s of them', async (query, total) => {
    expect((await get(`/api/v1/runs?${query}`)).headers['x-total-count']).toBe(total);
  });

  it('are as they always were without', async () => {
    const [first] = runsIn((await get('/api/v1/runs')).body);
    expect(Object.keys(first ?? {}).slice(-2)).toEqual(['Phases', 'close_when_idle']);
    expect((await get('/api/v1/runs?include=everything')).status).toBe(400);
  });

  it('change with what is recorded', async () => {
    const ask = async () => (await get('/api/v1/runs?include=counts')).headers['x-total-count'];
    expect([await ask(), await ask(), await ask()]).toEqual(['8', '8', '8']);
    test.store.transaction(() => {
      insertNumber(9);
      test.store.events.append({ type: 'run.created', actor: 'operator' });
    });
    expect(await ask()).toBe('9');
  });
});

describe('HTTP-44: events', () => {
  beforeEach(() => {
    const { store } = test;
    store.transaction(() => {
      for (let index = 0; index < 450; index += 1) {
        const type = index % 200 === 7 ? ('gate.opened' as const) : ('attempt.progress' as const);
        const runId = run({ id: `r${index % 2}` }).id;
        store.events.append({ type, actor: 'daemon', runId, payload: { text: index === 444 ? 'The Needle' : 'hay' } });
      }
    });
  });
  const seqsOf = (body: string) => (JSON.parse(body) as readonly { readonly seq: number }[]).map(({ seq }) => seq);
  const find = async (query: string) => get(`/api/v1/events?format=json&${query}`);

  it('are found by type, run, time and text, page by page', async () => {
    expect(seqsOf((await find('type=gate.opened')).body)).toEqual([8, 208, 408]);
    expect(seqsOf((await find('type=gate.opened&run=r0')).body)).toEqual([]);
    expect(seqsOf((await find('text=needle')).body)).toEqual([445]);
    expect(seqsOf((await find('since=2100-01-01T00:00:00Z')).body)).toEqual([]);
    const first = await find('type=gate.opened&limit=2');
    expect(first.headers.link).toContain('after=407');
    const second = await find('type=gate.opened&limit=2&after=407');
    expect([seqsOf(second.body), second.headers.link]).toEqual([[408], undefined]);
  });

  it('are not searched as a stream', async () => {
    for (const name of ['type=gate.opened', 'text=x', 'since=2100-01-01T00:00:00Z']) {
      const { status, body } = await get(`/api/v1/events?${name}`);
      expect([status, body]).toEqual([400, `${name.split('=', 1)[0]}: needs format=json: a stream is not searched\n`]);
    }
    expect((await find('type=unheard')).body).toMatch(/^type: must be one of /);
  });
});

describe('HTTP-44: kept work', () => {
  it('is read page by page, and says what would be lost', async () => {
    const { store } = test;
    const ref = (index: number) => ({ name: `refs/codencer/a${index}`, commit: 'c'.repeat(40), holds: 'work' });
    const nothing = { bundles: [], cachesListed: [], notSaved: [], keptWorktree: null, containsSecret: false };
    for (const [index, { id }] of store.attempts.listOfStep(step({ record: { id: 's0' } }).id).entries()) {
      const refs = index % 2 === 0 ? [ref(index)] : [];
      const found = store.attempts.get(id);
      if (found !== null) store.attempts.save(attempt({ ...found, salvage: { refs, ...nothing } }));
    }
    const first = await get('/api/v1/salvage?limit=3');
    const idsOf = (body: string) => JSON.parse(body).map((entry: { attempt_id: string }) => entry.attempt_id);
    expect(idsOf(first.body)).toEqual(['a6', 'a4', 'a2']);
    expect(JSON.parse(first.body)[0].lost_on_release).toEqual([
      `refs/codencer/a6 goes: git removes of ${'c'.repeat(40)} what nothing else leads to`,
    ]);
    const next = /^<([^>]+)>/.exec(first.headers.link?.toString() ?? '')?.[1] ?? '';
    const rest = await get(next);
    expect([idsOf(rest.body), rest.headers.link]).toEqual([['a0'], undefined]);
    expect((await get('/api/v1/salvage?after=x')).status).toBe(400);
  });
});

describe('HTTP-44: the attempts of a run', () => {
  it('are those of all its steps, newest first, a page after the other', async () => {
    test.store.attempts.insert(attempt({ id: 'of-s3', stepId: 's3', runId: 'r0', createdAtMs: AT_MS + 2500 }));
    const all = ['a6', 'a5', 'a4', 'a3', 'of-s3', 'a2', 'a1', 'a0'];
    expect(await readThrough('/api/v1/runs/r0/attempts')).toEqual(all);
    expect(await readThrough('/api/v1/runs/r0/attempts?limit=3')).toEqual(all);
    expect(await readThrough('/api/v1/runs/r1/attempts')).toEqual([]);
  });

  it('are refused of a run that there is none of, and after what is no cursor', async () => {
    expect(await get('/api/v1/runs/nobody/attempts')).toMatchObject({
      status: 404,
      headers: { 'x-codencer-error': 'run_not_found' },
    });
    expect(await get('/api/v1/runs/r0/attempts?after=x')).toMatchObject({ status: 400 });
  });
});
