import { seeded } from '../../doubles/random.ts';

/** Draws from one seed: the same numbers on every machine. */
export interface Draw {
  /** In [from, to). */
  between(from: number, to: number): number;
  /** From `from` to `to`, both included. */
  whole(from: number, to: number): number;
  one<T>(items: readonly T[]): T;
  chance(share: number): boolean;
}

export const drawOf = (seed: number): Draw => {
  const random = seeded(seed);
  const between = (from: number, to: number): number => from + random() * (to - from);
  const whole = (from: number, to: number): number => Math.floor(between(from, to + 1));
  return {
    between,
    whole,
    one: <T>(items: readonly T[]): T => items[whole(0, items.length - 1)] as T,
    chance: (share) => random() < share,
  };
};
