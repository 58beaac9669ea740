import { parseArgs } from 'node:util';
import { startBusyRuns } from './smoke/busy-runs.ts';
import { INPUTS, type SmokeInput } from './smoke/inputs.ts';
import { judgeInput } from './smoke/judge-input.ts';
import { openStage, type Stage } from './smoke/stage.ts';

const USAGE = `npm run smoke -- [--repo-root path | --fresh] [--busy N]

Hands one small task over in each of the six ways there are, waits for it, and judges what came of it. Needs nothing
but Node and git: every task runs on the simulation.

  --repo-root path  against the daemon of this repository; without it, against the one that answers where you are
  --fresh           against a daemon of its own, in a repository of its own, whatever else answers; both go afterwards.
                    So it is without --fresh when no daemon answers
  --busy N          while N other runs keep the same daemon busy
`;

const { values } = parseArgs({
  options: {
    'repo-root': { type: 'string' },
    fresh: { type: 'boolean', default: false },
    busy: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  if (values.help) {
    say(USAGE);
    return 0;
  }
  if (!/^\d{1,3}$/.test(values.busy)) {
    process.stderr.write(`--busy takes a whole number below 1000, not ${JSON.stringify(values.busy)}\n`);
    return 1;
  }
  const stage = await openStage({ repoRoot: values['repo-root'], isFresh: values.fresh, signal: interruption.signal });
  if ('problem' in stage) {
    process.stderr.write(`${stage.problem}\n`);
    return 5;
  }
  try {
    return await play(stage);
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    process.stderr.write(`The smoke test broke off: ${error instanceof Error ? error.message : String(error)}\n`);
    return 5;
  } finally {
    await stage.close();
  }
}

async function play(stage: Stage): Promise<number> {
  say(`Daemon: ${stage.baseUrl} of ${stage.repoRoot}${stage.isOwn ? ', made for this' : ''}`);
  const busy = await startBusyRuns(stage, Number(values.busy));
  let failedCount = 0;
  const runId = await stage.startRun();
  for (const input of INPUTS) {
    if (interruption.signal.aborted) break;
    if (!(await passes(stage, { input, runId }))) failedCount += 1;
  }
  const busySteps = await busy.stop();
  if (interruption.signal.aborted) return 130;
  await stage.completeRun(runId);
  if (busy.count > 0) say(`Meanwhile ${busySteps} steps of ${busy.count} other runs ended.`);
  say(`${INPUTS.length - failedCount} passed, ${failedCount} failed`);
  return failedCount === 0 ? 0 : 1;
}

async function passes(
  stage: Stage,
  { input, runId }: { readonly input: SmokeInput; readonly runId: string },
): Promise<boolean> {
  const startedMs = performance.now();
  const judged = await judgeInput(stage, input, runId);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const verdict = judged.problem === null ? 'ok  ' : 'FAIL';
  say(`${verdict}  ${input.name.padEnd(18)}  ${judged.state}  ${seconds} s  ${judged.stepId}`);
  if (judged.problem !== null) say(`      ${judged.problem}`);
  return judged.problem === null;
}
