import fc from 'fast-check';
import type { Observation } from '../../src/slides/machine.ts';
import { sessionAt } from './samples.ts';

/** A price that mostly moves a little, sometimes jumps, and sometimes lands on a twentieth of the start. */
const move = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -300, max: 300 }).map((by) => ({ by })) },
  { weight: 2, arbitrary: fc.integer({ min: -4_500, max: 6_000 }).map((by) => ({ by })) },
  { weight: 3, arbitrary: fc.integer({ min: 4, max: 25 }).map((twentieths) => ({ twentieths })) },
);

type Move = { readonly by: number } | { readonly twentieths: number };

const start = fc.constantFrom(100_000_000, 13_000_000_000, 10_000, 20);

const priceAfter = (price: number, first: number, step: Move): number =>
  Math.max(1, 'by' in step ? Math.round((price * (10_000 + step.by)) / 10_000) : (first * step.twentieths) / 20);

/** Trades are so far apart that some leave a span of five minutes, in milliseconds. */
const MINUTES_APART = 2 * 60_000;

export interface Walk {
  readonly first: number;
  /** Each session: its quotes, then its close. */
  readonly sessions: readonly { readonly quotes: readonly Move[]; readonly close: Move }[];
}

export const walk: fc.Arbitrary<Walk> = fc.record({
  first: start,
  sessions: fc.array(fc.record({ quotes: fc.array(move, { maxLength: 5 }), close: move }), {
    minLength: 1,
    maxLength: 40,
  }),
});

export const observationsOf = ({ first, sessions }: Walk): Observation[] => {
  let price: number = first;
  return sessions.flatMap(({ quotes, close }, n) => {
    const session = sessionAt(n);
    return [...quotes, close].map((step, index) => {
      price = priceAfter(price, first, step);
      return {
        symbol: 'WALK',
        session,
        price,
        tradeTime: (n * 1_000 + index) * MINUTES_APART,
        final: index === quotes.length,
      };
    });
  });
};
