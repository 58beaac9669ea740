import { describe, expect, it } from 'vitest';

import { artifact, attempt, gate, run, step, validation } from '../../../support/sample-records.ts';
import { insertRun, temporaryStore } from '../../../support/temporary-store.ts';

const SECRET = 'hunter2-hunter2';

/** A store with one readable and one unreadable row, made so by `damage`. */
function damagedStore(damage: string) {
  const { store, raw, reopen } = temporaryStore();
  insertRun(store);
  insertRun(store, 'http2');
  for (const id of ['s-min', 's-bad']) {
    store.steps.insert(step({ record: { id } }));
    store.attempts.insert(attempt({ id: `${id}-a1`, stepId: id }));
    store.artifacts.insert(artifact({ id: `art-${id}`, name: id, attemptId: `${id}-a1`, stepId: id }));
    store.validations.insert(validation({ attemptId: `${id}-a1` }));
    store.gates.insert(gate({ id: `gate-${id}`, stepId: id, attemptId: `${id}-a1` }));
  }
  store.transaction(() => {
    store.events.append({ type: 'run.created', actor: 'operator' });
    store.events.append({ type: 'step.submitted', actor: 'operator' });
  });
  raw().exec(damage);
  return { store, raw, reopen };
}

const whole = { limit: 10, after: 0 };

describe('ROW-1, ROW-2: a row that cannot be read', () => {
  it.each([
    ['a run with an unknown state', "UPDATE runs SET state = 'flying' WHERE id = 'http2'", 'runs', 'http2'],
    ['a run with half a JSON text', `UPDATE runs SET abort_request = '{"actor":' WHERE id = 'http2'`, 'runs', 'http2'],
    ['a run with JSON of another shape', `UPDATE runs SET abort_request = '{}' WHERE id = 'http2'`, 'runs', 'http2'],
    ['a run with a flag that is none', "UPDATE runs SET close_when_idle = 7 WHERE id = 'http2'", 'runs', 'http2'],
    ['a run with an impossible time', "UPDATE runs SET updated_at_ms = -1 WHERE id = 'http2'", 'runs', 'http2'],
    ['a run with an impossible id', "UPDATE runs SET id = '../x' WHERE id = 'http2'", 'runs', '../x'],
    ['a step without a task', "UPDATE steps SET spec = 'null' WHERE id = 's-bad'", 'steps', 's-bad'],
    ['a step with a damaged task', "UPDATE steps SET spec = substr(spec, 3) WHERE id = 's-bad'", 'steps', 's-bad'],
    ['an attempt', "UPDATE attempts SET failure_class = 'mood' WHERE id = 's-bad-a1'", 'attempts', 's-bad-a1'],
    [
      'an attempt with damaged salvage',
      "UPDATE attempts SET salvage = '{' WHERE id = 's-bad-a1'",
      'attempts',
      's-bad-a1',
    ],
    ['an artifact', "UPDATE artifacts SET type = 'poem' WHERE id = 'art-s-bad'", 'artifacts', 'art-s-bad'],
    ['a validation', "UPDATE validations SET required = 2 WHERE attempt_id = 's-bad-a1'", 'validations', 's-bad-a1/0'],
    ['a gate', "UPDATE gates SET reasons = '[1]' WHERE id = 'gate-s-bad'", 'gates', 'gate-s-bad'],
    ['an event', "DROP TRIGGER events_are_never_changed; UPDATE events SET type = 'x.y' WHERE seq = 2", 'events', '2'],
  ])('%s', (_, damage, table, key) => {
    const { store, raw } = damagedStore(damage);
    const read = () => ({
      runs: store.runs.list(whole).map(({ id }) => id),
      steps: store.steps.listOfRun(run({}).id).map(({ id }) => id),
      attempts: store.attempts.listLive().map(({ id }) => id),
      artifacts: store.artifacts.listAll({ limit: 10 }).map(({ id }) => id),
      validations: ['s-min', 's-bad'].flatMap((id) =>
        store.validations.listOfStep(step({ record: { id } }).id).map((row) => row.attemptId),
      ),
      gates: store.gates.listPending(whole).map(({ id }) => id),
      events: store.events
        .read(whole)
        .map(({ seq }) => seq)
        .filter((seq) => seq <= 2),
    });
    const healthy = {
      runs: ['http2', 'http1'],
      steps: ['s-bad', 's-min'],
      attempts: ['s-bad-a1', 's-min-a1'],
      artifacts: ['art-s-bad', 'art-s-min'],
      validations: ['s-min-a1', 's-bad-a1'],
      gates: ['gate-s-bad', 'gate-s-min'],
      events: [1, 2],
    };
    const expected = {
      ...healthy,
      [table]: healthy[table as keyof typeof healthy].filter((id) => !/bad|2/.test(`${id}`)),
    };
    expect(read()).toEqual(expected);
    expect(read()).toEqual(expected);

    const [row, ...others] = store.listQuarantined(10);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ table, key });
    const told = store.events.read(whole).filter(({ type }) => type === 'record.quarantined');
    expect(told.map(({ payload }) => payload)).toEqual([{ table, key, reason: row?.reason }]);
    expect(raw().prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: table === 'events' ? 3 : 2 });
  });

  it('reads as null, and is kept whole as evidence', () => {
    const { store, raw } = damagedStore("UPDATE steps SET state = 'flying' WHERE id = 's-bad'");
    const bad = step({ record: { id: 's-bad' } });
    expect(store.steps.get(bad.id)).toBeNull();
    expect(store.steps.get(step({}).id)).toEqual(step({}));
    const [row] = store.listQuarantined(1);
    expect(JSON.parse(row?.json ?? '')).toEqual(raw().prepare("SELECT * FROM steps WHERE id = 's-bad'").get());
    expect(row?.reason).toMatch(/^state: /);
  });

  it('is told of again only when its content is another', () => {
    const { store, raw, reopen } = damagedStore("UPDATE runs SET state = 'flying' WHERE id = 'http2'");
    const id = run({ id: 'http2' }).id;
    store.runs.get(id);
    store.close();
    const reopened = reopen();
    reopened.runs.get(id);
    expect(reopened.listQuarantined(10)).toHaveLength(1);
    raw().exec("UPDATE runs SET state = 'swimming' WHERE id = 'http2'");
    reopened.runs.get(id);
    expect(reopened.listQuarantined(10)).toHaveLength(2);
    raw().exec("UPDATE runs SET state = 'running' WHERE id = 'http2'");
    expect(reopened.runs.get(id)).toEqual(run({ id: 'http2' }));
  });

  it('is told of when the transaction that met it commits', () => {
    const { store } = damagedStore("UPDATE runs SET state = 'flying' WHERE id = 'http2'");
    const id = run({ id: 'http2' }).id;
    expect(() =>
      store.transaction(() => {
        store.runs.get(id);
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.listQuarantined(10)).toEqual([]);
    store.transaction(() => store.runs.get(id));
    expect(store.listQuarantined(10)).toHaveLength(1);
  });
});

it('ROW-1: pages are not shorter for unreadable rows', () => {
  const { store, raw } = temporaryStore();
  for (let index = 0; index < 20; index += 1) store.runs.insert(run({ id: `r${index}`, createdAtMs: index }));
  raw().exec("UPDATE runs SET state = 'flying' WHERE created_at_ms BETWEEN 5 AND 17");
  const page = store.runs.list({ limit: 5 });
  expect(page.map(({ createdAtMs }) => createdAtMs)).toEqual([19, 18, 4, 3, 2]);
  expect(store.runs.list({ limit: 5, before: page.at(-1) }).map(({ createdAtMs }) => createdAtMs)).toEqual([1, 0]);
  expect(store.listQuarantined(100)).toHaveLength(13);
});

it('ROW-4: a step whose state cannot be read needs attention', () => {
  const { store } = damagedStore("UPDATE steps SET state = 'flying' WHERE id = 's-bad'");
  expect(store.steps.tallyOfRun(run({}).id).counts).toMatchObject({ running: 1, needs_manual_attention: 1 });
});

it('ROW-5: the reason does not repeat the content', () => {
  const { store } = damagedStore(`UPDATE steps SET spec = '{"goal":"${SECRET}" "x"' WHERE id = 's-bad'`);
  store.steps.listOfRun(run({}).id);
  expect(store.listQuarantined(1)[0]).toMatchObject({ reason: 'spec is not JSON' });
  expect(JSON.stringify(store.events.read(whole))).not.toContain(SECRET);
});

it('integers that JavaScript cannot hold are kept as text in the evidence', () => {
  const { store } = damagedStore("UPDATE runs SET updated_at_ms = 9007199254740993 WHERE id = 'http2'");
  store.runs.list(whole);
  expect(JSON.parse(store.listQuarantined(1)[0]?.json ?? '')).toMatchObject({ updated_at_ms: '9007199254740993' });
});
