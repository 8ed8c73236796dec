import { seeded } from '../doubles/random.ts';

/** Drawing from one seed. */
export interface Draw {
  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number;
  /** A number from `least` to below `most`. */
  number(least: number, most: number): number;
  chance(share: number): boolean;
  one<T>(list: readonly T[]): T;
  /** `count` different ones, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[];
}

export const drawFrom = (seed: number): Draw => {
  const random = seeded(seed);
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    whole,
    number: (least, most) => least + random() * (most - least),
    chance: (share) => random() < share,
    one: <T>(list: readonly T[]): T => list[whole(0, list.length - 1)] as T,
    some: (list, count) => {
      const left = list.map((_, place) => place);
      while (left.length > count) left.splice(whole(0, left.length - 1), 1);
      return left.map((place) => list[place] as (typeof list)[number]);
    },
  };
};
