/** Draws that a seed repeats. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  isChance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  /** One of the keys, each as often as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  /** Draws of its own, which do not depend on how often this one is asked from now on. */
  fork(): Random;
}

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    isChance: (probability) => next() < probability,
    pick(list) {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    weighted: (weights) => pickWeighted(weights, next()),
    fork: () => createRandom(below(2 ** 31)),
  };
}

/** Small, and good enough to choose instants. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pickWeighted<Name extends string>(weights: Readonly<Record<Name, number>>, drawn: number): Name {
  const names: Name[] = [];
  for (const name in weights) names.push(name);
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  let left = drawn * total;
  const found = names.find((name) => {
    left -= weights[name];
    return left < 0;
  });
  const picked = found ?? names.at(-1);
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}
