import { setTimeout as sleep } from 'node:timers/promises';
import { beginDaemon, type DaemonStart } from './daemon-start.ts';
import { count, type Storm } from './storm-state.ts';

/** Sometimes the next daemons do not get far either: they are killed while they start, or two start at once. */
export async function hitStarts(storm: Storm): Promise<string | null> {
  const { random } = storm;
  while (random.isChance(0.3)) {
    const daemon = begin(storm);
    await Promise.race([daemon.outcome, sleep(random.below(usualStartMs(storm)))]);
    await daemon.end('SIGKILL');
    count(storm, 'while starting or recovering');
  }
  return random.isChance(0.15) ? hitTwo(storm) : null;
}

/** A bit longer than they usually take: most are hit before they are ready. */
const usualStartMs = ({ readyMs }: Storm): number => 50 + (readyMs.at(-1) ?? 500);

/** Of two daemons that start at once one has the repository and the other one says so; then the first one is killed. */
async function hitTwo(storm: Storm): Promise<string | null> {
  const { random } = storm;
  const pair = [begin(storm), begin(storm)];
  if (random.isChance(0.5)) {
    await sleep(random.below(usualStartMs(storm)));
    await Promise.all(pair.map((daemon) => daemon.end('SIGKILL')));
    count(storm, 'two starting at once');
    count(storm, 'two starting at once');
    return null;
  }
  const outcomes = await Promise.all(pair.map(({ outcome }) => outcome));
  const ready = outcomes.filter(({ kind }) => kind === 'ready');
  const refused = outcomes.filter((outcome) => outcome.kind === 'refused');
  await sleep(random.below(200));
  await Promise.all(pair.map((daemon) => daemon.end('SIGKILL')));
  count(storm, 'one of two');
  if (ready.length !== 1) return `of two daemons that started at once, ${ready.length} were ready`;
  const isSaid = refused.every(
    ({ exitCode, sentence }) => exitCode === 1 && /^codencer: [^\n]*daemon[^\n]*$/.test(sentence),
  );
  return refused.length === 1 && isSaid ? null : `the second of two daemons said ${JSON.stringify(outcomes)}`;
}

function begin(storm: Storm): DaemonStart {
  const daemon = beginDaemon(storm.repository.root);
  storm.starts.push(daemon);
  return daemon;
}

/** A daemon that serves. The value is what went wrong instead. */
export async function startReady(storm: Storm): Promise<string | null> {
  const daemon = begin(storm);
  const outcome = await daemon.outcome;
  if (outcome.kind !== 'ready') return `a daemon did not get ready after a kill: ${JSON.stringify(outcome)}`;
  storm.readyMs.push(outcome.afterMs);
  storm.seat.take(outcome.baseUrl);
  return null;
}
