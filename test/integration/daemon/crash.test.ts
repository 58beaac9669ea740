import { expect, it } from 'vitest';
import { raiseStorm } from '../../fire/crash/storm.ts';

const SEED = Number(process.env['CODENCER_TEST_SEED'] ?? 20261121);
const KILLS = Number(process.env['CODENCER_TEST_KILLS'] ?? 10);

it(`a daemon that is killed again and again loses nothing, leaves nobody behind and explains every state (seed ${SEED})`, {
  timeout: 60_000 + KILLS * 12_000,
}, async () => {
  const storm = await raiseStorm({ seed: SEED, kills: KILLS, planners: 2, openSteps: 2 });
  expect(storm.problems, `seed ${SEED}, kept in ${storm.folder}`).toEqual([]);
  expect(storm.figures.readyMs.length).toBeGreaterThan(1);
  expect(storm.figures.inspected).toMatchObject({ orphans: 0 });
  storm.remove();
});
