import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../support/random.ts';
import type { Aim, Attack, Shot } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import type { Ground } from './ground.ts';
import { type RawAnswer, rawRequest } from './raw-request.ts';
import type { Route } from './routes.ts';

/** What came of an attack on all routes. */
export interface AttackReport {
  readonly attack: string;
  readonly shots: number;
  /** How often each status was answered; `closed`: the connection ended without a word. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What should not have happened, each in one sentence. */
  readonly problems: readonly string[];
}

interface Loaded {
  readonly route: Route;
  readonly shot: Shot;
}

export interface SiegeOptions {
  readonly ground: Ground;
  /** Of each attack so many shots, drawn; null: all of them. */
  readonly shotsOfEach: number | null;
  readonly random: Random;
}

const AT_ONCE = 24;

/** Every route × every attack that is over at once. */
export async function besiege(options: SiegeOptions): Promise<readonly AttackReport[]> {
  const reports: AttackReport[] = [];
  for (const attack of ATTACKS) reports.push(await carryOut(options, attack));
  return reports;
}

async function carryOut({ ground, shotsOfEach, random }: SiegeOptions, attack: Attack): Promise<AttackReport> {
  const loaded = draw(shotsOf(ground, attack), shotsOfEach, random);
  const before = ground.readState();
  const problems: string[] = [];
  const outcomes = new Map<string, number>();
  await inParallel(loaded, AT_ONCE, async (one) => {
    const answer = await fire(ground, one);
    const outcome = outcomeOf(answer);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const wrong = whatIsWrong(one.shot, answer);
    if (wrong !== null)
      problems.push(`${attack.name} (${one.shot.detail}) on ${one.route.method} ${one.route.url}: ${wrong}`);
  });
  problems.push(...whatChanged(ground, before).map((change) => `${attack.name}: ${change}`));
  return { attack: attack.name, shots: loaded.length, outcomes, problems };
}

function shotsOf({ routes, daemon, existing }: Ground, attack: Attack): readonly Loaded[] {
  return routes.flatMap((route) => {
    const aim: Aim = { route, port: daemon.port, token: daemon.token, existing };
    return attack.shots(aim).map((shot) => ({ route, shot }));
  });
}

function whatChanged(ground: Ground, before: ReturnType<Ground['readState']>): readonly string[] {
  const after = ground.readState();
  if (after.cursor !== before.cursor) return ground.eventsAfter(before.cursor).map((event) => `recorded ${event}`);
  return after.digest === before.digest ? [] : ['the record or its files changed without an event'];
}

/** Half of them on what is served: a path has many methods that it does not have. */
function draw(all: readonly Loaded[], count: number | null, random: Random): readonly Loaded[] {
  if (count === null || count >= all.length) return all;
  const served = all.filter(({ route }) => route.isServed);
  return Array.from({ length: count }, (_, index) => random.pick(index % 2 === 0 ? served : all));
}

const BUSY_RETRY_MS = 500;

/** Who is told to wait waits: a limit on requests is no answer to what is asked. */
async function fire({ daemon }: Ground, { shot }: Loaded): Promise<RawAnswer> {
  for (;;) {
    const answer = await rawRequest({ port: daemon.port, parts: shot.bytes, isHalfClosed: shot.isHalfClosed ?? false });
    if (answer.statuses[0] !== 429) return answer;
    await sleep(BUSY_RETRY_MS);
  }
}

const outcomeOf = ({ statuses, wasClosed }: RawAnswer): string =>
  statuses.length > 0 ? statuses.join(' then ') : wasClosed ? 'closed' : 'nothing';

const LEAKED = /root:.*:0:0:|BEGIN [A-Z ]*PRIVATE KEY|\/home\/| {4}at .*\.[jt]s:\d+/;

function whatIsWrong({ mustRefuse }: Shot, { statuses, text, wasClosed }: RawAnswer): string | null {
  const broken = statuses.find((status) => status >= 500 && status !== 501 && status !== 505);
  if (broken !== undefined) return `${broken}: ${text.slice(-200)}`;
  if (LEAKED.test(text)) return `the answer shows what it should not: ${text.slice(0, 400)}`;
  if (statuses.length === 0 && !wasClosed) return 'no answer, and the connection stays open';
  const taken = statuses.find((status) => status < 400);
  return mustRefuse && taken !== undefined ? `was taken with ${taken}` : null;
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: width }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}

/** Requests whose end never comes, on every route at once. Each connection has to be closed by the daemon. */
export async function besiegeSlowly(
  { ground }: Pick<SiegeOptions, 'ground'>,
  longestMs: number,
): Promise<AttackReport> {
  const { daemon, routes } = ground;
  const before = ground.readState();
  const head = (route: Route) =>
    `${route.method} ${route.url.replaceAll(/[:*]/g, '')} HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\n`;
  const slow = routes.flatMap((route) => [
    { what: 'half of a header', parts: [head(route)], mustClose: true },
    { what: 'half of a body', parts: [`${head(route)}Content-Length: 50\r\n\r\n{"id`], mustClose: false },
  ]);
  const problems: string[] = [];
  const outcomes = new Map<string, number>();
  const answers = await Promise.all(
    slow.map(async (one) => ({
      ...one,
      answer: await rawRequest({ port: daemon.port, parts: one.parts, longestMs, idleMs: longestMs }),
    })),
  );
  for (const { what, mustClose, answer } of answers) {
    const outcome = outcomeOf(answer);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if ((mustClose || answer.statuses.length === 0) && !answer.wasClosed)
      problems.push(`slow: ${what} was waited for longer than ${longestMs} ms`);
  }
  problems.push(...whatChanged(ground, before).map((change) => `slow: ${change}`));
  return { attack: 'slow requests', shots: slow.length, outcomes, problems };
}

/** Very many connections that say nothing. Who is in already is served meanwhile, and everybody afterwards. */
export async function crowd(ground: Ground, connections: number): Promise<AttackReport> {
  const { daemon } = ground;
  const problems: string[] = [];
  const request = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\n\r\n`;
  const inside = await open(daemon.port);
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(daemon.port)));
  const answers = sockets.filter((socket) => !socket.destroyed).length;
  inside.write(request);
  if (!(await answersWithin(inside, 5000))) problems.push(`with ${connections} connections nobody is served any more`);
  for (const socket of [...sockets, inside]) socket.destroy();
  const again = await daemon.request('GET', '/health').catch(() => null);
  if (again?.status !== 200) problems.push(`after ${connections} connections the daemon does not answer`);
  const outcomes = new Map([
    ['connected', answers],
    ['turned away', connections - answers],
  ]);
  return { attack: `${connections} connections`, shots: connections, outcomes, problems };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket));
    socket.on('error', () => resolve(socket));
    socket.on('close', () => resolve(socket));
  });
}

async function answersWithin(socket: Socket, limitMs: number): Promise<boolean> {
  const data = new Promise<boolean>((resolve) => socket.once('data', () => resolve(true)));
  return Promise.race([data, sleep(limitMs, false, { ref: false })]);
}
