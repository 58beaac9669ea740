import type { ClientFailure } from '../../../contract/client/client-failure.ts';
import { viewOf } from '../../../contract/client/document.ts';
import { listExecutors } from '../../../contract/client/executor-routes.ts';
import { listGates } from '../../../contract/client/gate-routes.ts';
import type { Connection } from '../../../contract/client/http-types.ts';
import { listRunSteps, listRuns } from '../../../contract/client/run-routes.ts';
import { listStepAttempts } from '../../../contract/client/step-routes.ts';
import { assertNever, type Result } from '../../../contract/result.ts';
import { oneLine } from '../terminal.ts';
import type { Candidate } from './candidate.ts';
import type { IdKind } from './known-values.ts';

/** Somebody who presses a key means something recent. */
const NEWEST_RUNS = 8;
const NEWEST_STEPS = 20;

/** What stands in a command line without quotes and means nothing but itself to every shell. */
const PLAIN = /^\w[\w.-]*$/;

/**
 * The newest first; none when the daemon does not answer as it should. Some shells put a candidate into the line as it
 * is: an id that holds more than an id of ours can is not offered, whoever answers there.
 */
export async function askIds(connection: Connection, kind: IdKind): Promise<readonly Candidate[]> {
  return (await allIds(connection, kind)).filter(({ value }) => PLAIN.test(value));
}

async function allIds(connection: Connection, kind: IdKind): Promise<readonly Candidate[]> {
  switch (kind) {
    case 'run':
      return (await newestRuns(connection)).map(({ id, state, projectId }) => candidate(id, `${state} ${projectId}`));
    case 'step':
      return (await newestSteps(connection)).map(({ id, state, title }) => candidate(id, `${state} ${title}`));
    case 'attempt':
      return newestAttempts(connection);
    case 'gate':
      return gates(connection, undefined);
    case 'pending gate':
      return gates(connection, 'pending');
    case 'executor':
      return executors(connection);
    default:
      return assertNever(kind);
  }
}

const candidate = (value: string, about: string): Candidate => ({ value, about: oneLine(about) });

const newestRuns = async (connection: Connection) => orNone(await viewOf(listRuns(connection, {})));

async function newestSteps(connection: Connection) {
  const runs = (await newestRuns(connection)).slice(0, NEWEST_RUNS);
  const steps = await Promise.all(runs.map(async ({ id }) => orNone(await viewOf(listRunSteps(connection, id)))));
  return steps.flatMap((ofRun) => ofRun.toReversed());
}

async function newestAttempts(connection: Connection): Promise<readonly Candidate[]> {
  const steps = (await newestSteps(connection)).slice(0, NEWEST_STEPS);
  const attempts = await Promise.all(
    steps.map(async ({ id }) => orNone(await viewOf(listStepAttempts(connection, id)))),
  );
  return attempts.flat().map(({ id, state, executor }) => candidate(id, `${state} ${executor}`));
}

async function gates(connection: Connection, state: string | undefined): Promise<readonly Candidate[]> {
  const found = orNone(await viewOf(listGates(connection, { state })));
  return found.map((gate) => candidate(gate.id, `${gate.state} ${gate.description}`));
}

async function executors(connection: Connection): Promise<readonly Candidate[]> {
  const listed = await viewOf(listExecutors(connection, { anew: false }));
  return listed.ok ? listed.value.executors.map(({ name, detail }) => candidate(name, detail)) : [];
}

/** Who presses a key is told nothing about failures: there is just nothing to choose from. */
const orNone = <T>(result: Result<readonly T[], ClientFailure>): readonly T[] => (result.ok ? result.value : []);
