export interface Sides<T> {
  readonly ours: readonly T[];
  readonly floor: readonly T[];
}

/**
 * Runs both sides by turns, so that whatever else the machine does meets both alike; who begins changes each round.
 * What the first rounds say is thrown away: caches and compilers warm up in them.
 */
export async function interleave<T>(
  rounds: { readonly count: number; readonly warmUp: number },
  sides: { readonly ours: (round: number) => Promise<T>; readonly floor: (round: number) => Promise<T> },
): Promise<Sides<T>> {
  const ours: T[] = [];
  const floor: T[] = [];
  const takeOurs = async (round: number) => void ours.push(await sides.ours(round));
  const takeFloor = async (round: number) => void floor.push(await sides.floor(round));
  for (let round = 0; round < rounds.count + rounds.warmUp; round += 1) {
    const order = round % 2 === 0 ? [takeOurs, takeFloor] : [takeFloor, takeOurs];
    for (const take of order) await take(round);
  }
  return { ours: ours.slice(rounds.warmUp), floor: floor.slice(rounds.warmUp) };
}

/** How long some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
