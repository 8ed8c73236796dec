import fc from 'fast-check';
import { CARD_KINDS, type ChannelSettings, type OwnRules } from '../../src/stories/channel.ts';

/** Symbols of the watchlist, two custom ones, and an unknown one. */
export const SYMBOLS = ['NVDA', 'TSLA', 'IXIC', 'MAG7'] as const;
export const CUSTOM = ['BRK-B', 'AMD'] as const;
const ALL = [...SYMBOLS, ...CUSTOM, 'GONE'];

const levels = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 })
  .map((list) => list.sort((a, b) => a - b));

const ownRules: fc.Arbitrary<OwnRules> = fc.record(
  {
    drawdown: fc.dictionary(fc.constantFrom('20', '50', '252'), levels, { maxKeys: 2 }),
    day: levels,
    rise: levels,
    dayRise: levels,
    within: fc.dictionary(fc.constantFrom('5', '30'), levels, { maxKeys: 2 }),
  },
  { requiredKeys: [] },
);

/** Settings from few values, so that channels share parts of them. */
export const randomSettings: fc.Arbitrary<ChannelSettings> = fc.record(
  {
    timeZone: fc.constantFrom('Asia/Seoul', 'Europe/London'),
    kinds: fc.subarray([...CARD_KINDS]),
    without: fc.subarray([...SYMBOLS]),
    also: fc.subarray([...CUSTOM]),
    rules: fc.dictionary(fc.constantFrom('*', ...ALL), ownRules, { maxKeys: 3 }),
    quiet: fc.constant({ from: '22:00', to: '07:00' }),
    digest: fc.record(
      {
        at: fc.constantFrom('07:00', '16:15'),
        days: fc.subarray([1, 2, 3], { minLength: 1 }),
        closedDays: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
