import { createRandom } from '../support/random.ts';

/** Numbers that look random and are the same for the same seed. */
export interface Draw {
  /** At least 0 and below 1. */
  readonly unit: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  readonly oneOf: <T>(list: readonly [T, ...T[]]) => T;
  readonly text: (length: number) => string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function createDraw(seed: number): Draw {
  const random = createRandom(seed);
  const whole = (least: number, most: number): number => least + random.below(most - least + 1);
  return {
    unit: () => random.next(),
    whole,
    oneOf: (list) => list[whole(0, list.length - 1)] ?? list[0],
    text: (length) => Array.from({ length }, () => LETTERS.charAt(random.below(LETTERS.length))).join(''),
  };
}
