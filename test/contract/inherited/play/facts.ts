import { readdirSync } from 'node:fs';
import { commandLineOf } from '../../../support/command-line.ts';
import { spawnTestDaemon } from '../../../support/test-daemon.ts';
import { SCRIPTS } from './scripts.ts';
import type { Stage } from './stage.ts';

/** Answers with what is not so. */
export type Fact = (stage: Stage) => Promise<readonly string[]>;

export const FACTS: ReadonlyMap<string, Fact> = new Map<string, Fact>([
  ['25 submits complete', manySubmits],
  ['doctor exits as it found things', doctorExits],
  ['a second daemon touches nothing', secondDaemon],
  ['nothing is left of the timeout', async () => sleepers(31_415)],
  ['nothing is left of the abort', abortHolds],
  ['a killed daemon leaves runs open and nothing alive', killedDaemon],
  ['nothing is left of the stopped daemon', stoppedDaemon],
  ...SCRIPTS,
]);

async function manySubmits(stage: Stage): Promise<readonly string[]> {
  const problems: string[] = [];
  for (let number = 1; number <= 25; number += 1) {
    const argv = ['submit', 'race', '--goal', `g${number}`, '--adapter', 'codex', '--wait', '--json'];
    const { exit, stdout, stderr } = await stage.client(argv);
    if (exit !== 0) problems.push(`submit ${number} exited ${exit}: ${stdout}${stderr}`);
  }
  return problems;
}

/** Whether the machine has everything is not ours to know; that the exit code says so is. */
async function doctorExits(stage: Stage): Promise<readonly string[]> {
  const { exit, stdout } = await stage.client(['doctor']);
  const wanted = stdout.includes('[ERROR]') ? 5 : 0;
  const isAsked = stdout.includes(stage.daemon().baseUrl);
  return [
    ...(exit === wanted ? [] : [`exit ${exit}, not ${wanted}: ${stdout}`]),
    ...(isAsked ? [] : [`nothing is said about the daemon: ${stdout}`]),
  ];
}

async function secondDaemon(stage: Stage): Promise<readonly string[]> {
  const before = await stage.daemon().request('GET', '/api/v1/runs');
  const second = spawnTestDaemon({ repoRoot: stage.repository.root });
  const exit = await new Promise((resolve) => second.once('exit', resolve));
  const after = await stage.daemon().request('GET', '/api/v1/runs');
  return [
    ...(exit === 1 ? [] : [`the second daemon ended with ${String(exit)}, not 1`]),
    ...(before.text === after.text ? [] : [`runs were ${before.text} and are ${after.text}`]),
  ];
}

/** Processes that sleep for this long; no other test has one. */
function sleepers(seconds: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLineOf(Number(name)).includes(`sleep\0${seconds}`))
    .map((pid) => `process ${pid} still sleeps ${seconds} seconds`);
}

async function stateOf(stage: Stage, path: string): Promise<string> {
  const { json } = await stage.daemon().request('GET', path);
  return String(Reflect.get(Object(json), 'state'));
}

const notIn = (what: string, found: string, wanted: string): readonly string[] =>
  found === wanted ? [] : [`${what} is ${found}, not ${wanted}`];

async function abortHolds(stage: Stage): Promise<readonly string[]> {
  return [
    ...sleepers(31_416),
    ...notIn('the step', await stateOf(stage, '/api/v1/steps/ab1'), 'cancelled'),
    ...notIn('the run', await stateOf(stage, '/api/v1/runs/r3'), 'cancelled'),
  ];
}

async function killedDaemon(stage: Stage): Promise<readonly string[]> {
  await stage.restart('SIGKILL');
  return [
    ...sleepers(31_417),
    ...notIn('the step', await stateOf(stage, '/api/v1/steps/long'), 'failed_bridge'),
    ...notIn('its run', await stateOf(stage, '/api/v1/runs/r5'), 'running'),
    ...notIn('another run', await stateOf(stage, '/api/v1/runs/r4'), 'running'),
    ...notIn('the aborted run', await stateOf(stage, '/api/v1/runs/r3'), 'cancelled'),
  ];
}

async function stoppedDaemon(stage: Stage): Promise<readonly string[]> {
  const refs = stage.repository.git('for-each-ref', 'refs/codencer/').includes('/xt/');
  return [
    ...sleepers(31_418),
    ...notIn('the step', await stateOf(stage, '/api/v1/steps/xt'), 'failed_bridge'),
    ...(refs ? [] : ['its work is not under refs/codencer']),
  ];
}
