import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type House, type HousePlan, openHouse } from './house.ts';

/** A house that all tests of a file visit. */
export function sharedHouse(plan: HousePlan = {}): () => House {
  let house: House | null = null;
  beforeAll(async () => {
    house = await openHouse(plan);
  });
  afterAll(async () => {
    await house?.close();
  });
  return () => {
    if (house === null) throw new Error('the house is opened before the first test');
    return house;
  };
}

/** A house of one test's own. */
export async function houseOfTest(plan: HousePlan = {}): Promise<House> {
  const opening = openHouse(plan);
  // Before it is open: a test that has run out of time must not leave a daemon.
  onTestFinished(async () => (await opening).close());
  return opening;
}
