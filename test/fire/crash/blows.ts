import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import type { DaemonStart } from './daemon-start.ts';
import type { Seat } from './seat.ts';
import type { Told } from './told.ts';

/** Where a daemon that serves is hit. */
export const BLOWS = {
  /** At any instant. */
  'at work': 6,
  /** While it answers a submission: its folder has just got its name, and the record does not know it yet. */
  'between rename and commit': 2,
  /** While it settles an attempt: its work has a ref, and the record does not know it yet. */
  'between ref and commit': 2,
  /** While it stops because somebody asked for that. */
  'while stopping': 1,
} as const;
export type Blow = keyof typeof BLOWS;

export interface Target {
  readonly daemon: DaemonStart;
  readonly seat: Seat;
  readonly random: Random;
  readonly told: Told;
  /** Tells the steps of blows from each other. */
  readonly number: number;
}

export const BLOW_RUN = 'blows';

/** Kills the daemon. It is gone when this resolves. */
export async function strike(blow: Blow, target: Target): Promise<void> {
  const { daemon, random, seat } = target;
  switch (blow) {
    case 'at work':
      await sleep(random.below(900));
      break;
    case 'between rename and commit':
      await untilRenamed(target);
      break;
    case 'between ref and commit':
      await untilReferenced(target);
      break;
    case 'while stopping':
      await sleep(random.below(300));
      process.kill(daemon.pid, 'SIGTERM');
      await sleep(random.below(400));
  }
  seat.leave();
  await daemon.end('SIGKILL');
}

const LONGEST_LOOK_MS = 4000;
const still = new Int32Array(new SharedArrayBuffer(4));

/** Looks without ever giving up the processor for long: what is waited for is over within a millisecond or two. */
function lookFor(path: string): void {
  const deadline = performance.now() + LONGEST_LOOK_MS;
  while (!existsSync(path) && performance.now() < deadline) Atomics.wait(still, 0, 0, 0.05);
}

const body = (stepId: string) =>
  JSON.stringify({
    version: 'v1',
    goal: 'be cut in two',
    step_id: stepId,
    priority: 100,
    adapter_profile: 'command',
    recipe: { steps: [{ run: 'echo work > work.txt' }] },
  });

async function untilRenamed(target: Target): Promise<void> {
  const stepId = `renamed-${target.number}`;
  const socket = await openConnection(target.seat);
  // Written to the kernel before this returns: from here on nothing but looking.
  socket.write(submission(target.seat, stepId));
  lookFor(join(target.seat.stateDir, 'artifacts', BLOW_RUN, stepId, 'submission-1'));
  process.kill(target.daemon.pid, 'SIGKILL');
  socket.destroy();
}

async function untilReferenced(target: Target): Promise<void> {
  const stepId = `referenced-${target.number}`;
  const socket = await openConnection(target.seat);
  socket.write(submission(target.seat, stepId));
  const ref = join(target.seat.repoRoot, '.git/refs/codencer', BLOW_RUN, stepId, `${stepId}-a1`);
  const deadline = performance.now() + LONGEST_LOOK_MS;
  while (!existsSync(join(target.seat.stateDir, 'workspace', `${stepId}-a1`)) && performance.now() < deadline)
    await sleep(1);
  lookFor(ref);
  process.kill(target.daemon.pid, 'SIGKILL');
  socket.destroy();
}

async function openConnection(seat: Seat) {
  const socket = connect({ host: '127.0.0.1', port: portOf(seat) });
  socket.on('error', () => undefined); // the daemon is killed over it
  await once(socket, 'connect');
  return socket;
}

const portOf = (seat: Seat): number => Number(new URL(seat.baseUrl() ?? '').port);

function submission(seat: Seat, stepId: string): string {
  const head = [
    `POST /api/v1/runs/${BLOW_RUN}/steps HTTP/1.1`,
    `Host: 127.0.0.1:${portOf(seat)}`,
    `Authorization: Bearer ${seat.token()}`,
    `Content-Length: ${body(stepId).length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body(stepId)}`;
}
