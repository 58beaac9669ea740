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
  const unit = mulberry32(seed);
  const whole = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1));
  return {
    unit,
    whole,
    oneOf: (list) => list[whole(0, list.length - 1)] ?? list[0],
    text: (length) => Array.from({ length }, () => LETTERS.charAt(whole(0, LETTERS.length - 1))).join(''),
  };
}

/** Tommy Ettinger's generator: 32 bits of state, and even enough for what only has to look plausible. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
