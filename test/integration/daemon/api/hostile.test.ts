import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ground } from '../../../fire/hostile/ground.ts';
import { openGround } from '../../../fire/hostile/ground.ts';
import { besiege, crowd } from '../../../fire/hostile/siege.ts';
import { createRandom } from '../../../support/random.ts';

const SEED = Number(process.env['CODENCER_TEST_SEED'] ?? 20261121);
/** Of each attack, among all routes; `npm run test:hostile` carries out all of them. */
const SHOTS = 25;

describe('every route, under attack', { timeout: 60_000 }, () => {
  let ground: Ground;
  beforeAll(async () => {
    ground = await openGround();
  });
  afterAll(() => ground.end());

  it(`HTTP-1 to HTTP-5, HTTP-12 to HTTP-15: is refused, changes nothing and breaks nothing (seed ${SEED})`, async () => {
    expect(ground.routes.filter(({ isServed }) => isServed).length).toBeGreaterThan(30);
    const reports = await besiege({ ground, shotsOfEach: SHOTS, random: createRandom(SEED) });
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    expect(ground.memory().residentMb).toBeLessThan(400);
  });

  it('goes on after 2,000 connections, and serves who is in meanwhile', async () => {
    expect((await crowd(ground, 2000)).problems).toEqual([]);
    expect(ground.memory().residentMb).toBeLessThan(400);
  });
});
