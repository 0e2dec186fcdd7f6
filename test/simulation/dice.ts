/** Random choices that a seed determines. */
export interface Dice {
  /** A whole number from 0 up to and without `below`. */
  below(below: number): number;
  chance(percent: number): boolean;
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** Mulberry32: one word of state, and every seed another history. */
export const createDice = (seed: number): Dice => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (values) => values[below(values.length)] ?? values[0],
  };
};
