import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';

import { TokenId } from '../../../../contract/ids.ts';
import { createStore } from '../../../../main/daemon/store/create-store.ts';
import type { Store } from '../../../../main/daemon/store/store.ts';
import { AT_MS, artifact, attempt, gate, phase, run, step } from '../../../support/sample-records.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

const runId = run({}).id;
const stepId = step({}).id;
const attemptId = attempt({}).id;
const before = { createdAtMs: AT_MS, id: attemptId };

/** What SQLite does to answer: `SEARCH` goes to rows by an index, `SCAN` walks. */
interface PlanLine {
  readonly detail: string;
}

/** Every statement that a store prepares when all its queries are asked once. */
async function statementsOf(): Promise<{ readonly db: Database.Database; readonly texts: readonly string[] }> {
  const { path } = temporaryStore();
  const db = new Database(path);
  onTestFinished(() => void db.close());
  const texts = new Set<string>();
  const prepare = db.prepare.bind(db);
  db.prepare = (text: string) => {
    texts.add(text);
    return prepare(text) as never;
  };
  await askEverything(createStore(db, { clock: () => AT_MS }));
  db.prepare = prepare;
  return { db, texts: [...texts].filter((text) => /^\s*(SELECT|UPDATE|DELETE)/.test(text)) };
}

async function askEverything(store: Store): Promise<void> {
  askRuns(store);
  askSteps(store);
  askGates(store);
  for (const page of [
    { after: 0, limit: 1 },
    { after: 0, limit: 1, runId },
    { after: 0, limit: 1, stepId },
  ]) {
    store.events.read(page);
  }
  store.events.read({ after: 0, limit: 1, runId, stepId });
  store.events.lastSeq();
  await store.events.verifyChain();
  store.answeredRequests.get('x');
  store.answeredRequests.forgetBefore(AT_MS);
  store.tokens.get(TokenId.parse('x'));
  store.tokens.list({ limit: 1 });
  store.tokens.listNotRevoked();
  store.tokens.forgetExpiredBefore(AT_MS);
  store.settings.get('x');
  store.instance.get();
  store.listQuarantined(1);
  store.countQuarantined();
}

function askRuns(store: Store): void {
  for (const projectId of [undefined, run({}).projectId]) {
    for (const conversationId of [undefined, 'c']) {
      for (const state of [undefined, 'running' as const]) {
        store.runs.list({ limit: 1, projectId, conversationId, state });
        store.runs.count({ projectId, conversationId, state });
      }
    }
  }
  store.runs.listOpen();
  store.phases.listOfRun(phase({}).runId);
}

function askSteps(store: Store): void {
  store.steps.listOfRun(runId);
  store.steps.pageOfRun({ runId, limit: 1 });
  for (const ofRun of [undefined, runId]) {
    for (const state of [undefined, 'running' as const]) store.steps.list({ limit: 1, runId: ofRun, state });
  }
  store.steps.countOfState('completed');
  store.steps.listPending({ limit: 1 });
  store.steps.tallyPending({ nowMs: 1 });
  store.steps.listEligible({ nowMs: 1, limit: 1 });
  store.steps.nextNotBeforeMs({ nowMs: 1 });
  store.steps.listInFlight();
  store.steps.tallyOfRun(runId);
  store.attempts.listOfStep(stepId);
  store.attempts.newestOfStep(stepId);
  store.attempts.nextNumber(stepId);
  store.attempts.listLive();
  store.attempts.listWithKeptWorktree();
  store.attempts.countWithKeptWorktree();
  store.attempts.listWithSalvage({ limit: 1, before });
  store.attempts.listOfTrace({ traceId: attempt({}).traceId, limit: 1 });
  store.attempts.listEndedOf({ executor: 'codex', limit: 1 });
  store.leases.listExpired(1);
  store.artifacts.listOfAttempt(attemptId);
  store.artifacts.listOfStep(stepId);
  store.artifacts.listAll({ limit: 1, after: artifact({ name: 'x' }).id });
  store.validations.listOfAttempt(attemptId);
  store.validations.listOfStep(stepId);
}

function askGates(store: Store): void {
  for (const ofRun of [undefined, runId]) {
    for (const ofStep of [undefined, stepId]) {
      store.gates.listPending({ limit: 1, runId: ofRun, stepId: ofStep });
      store.gates.list({ limit: 1, runId: ofRun, stepId: ofStep });
      store.gates.list({ limit: 1, runId: ofRun, stepId: ofStep, state: gate({}).state });
    }
  }
  store.gates.pendingOfStep(stepId);
  store.gates.pendingOfAttempt(attemptId);
  store.gates.pendingOfRun(runId);
  store.gates.tallyPending();
  store.gates.countOfAttempt(attemptId);
  store.gates.countPendingOfRun(runId);
  store.gates.listExpired(1);
}

/** One row each. */
const SINGLE_ROW = /^SCAN (instance|event_head)$/;
/** In the index's order up to a limit, or an index that holds only the few rows in question. */
const WALKS = [
  'SCAN gates USING INDEX gates_newest',
  'SCAN runs USING INDEX runs_open',
  'SCAN steps USING INDEX steps_queue',
  'SCAN steps USING COVERING INDEX steps_queue',
  'SCAN steps USING INDEX steps_in_flight',
  'SCAN attempts USING INDEX attempts_live',
  'SCAN attempts USING INDEX attempts_with_kept_worktree',
  'SCAN tokens USING INDEX tokens_not_revoked',
  'SCAN quarantined_rows',
  'SCAN quarantined_rows USING COVERING INDEX sqlite_autoindex_quarantined_rows_1',
];
/** The gates of one run or step are few, and so are the attempts of one run: sorting them is cheaper than an index more. */
const SORTS =
  /(gates WHERE (run_id|step_id|run_id = \? AND step_id) = \?|attempts WHERE step_id IN \(SELECT id FROM steps WHERE run_id = \?\)) AND \(created_at_ms, id\) < \(\?, \?\) ORDER BY created_at_ms DESC/;

/** Headings of inner queries, each of whose own steps has a line. */
const HEADING = /^(CORRELATED|LIST SUBQUERY|CO-ROUTINE|CREATE BLOOM FILTER$|SCAN \(subquery)/;

const isFine = (detail: string, text: string) =>
  detail.startsWith('SEARCH') ||
  HEADING.test(detail) ||
  SINGLE_ROW.test(detail) ||
  WALKS.includes(detail) ||
  (detail === 'USE TEMP B-TREE FOR ORDER BY' && SORTS.test(text));

it('QRY-5: no query reads a whole table or sorts one', async () => {
  const { db, texts } = await statementsOf();
  expect(texts.length).toBeGreaterThan(50);
  const faults = texts.flatMap((text) => {
    const plan = db.prepare<unknown[], PlanLine>(`EXPLAIN QUERY PLAN ${text.replaceAll(/\?|@\w+/g, '1')}`).all();
    return plan.filter(({ detail }) => !isFine(detail, text)).map(({ detail }) => `${detail}: ${text}`);
  });
  expect(faults).toEqual([]);
});
