import type { Micros } from '../../src/market/money.ts';
import type { ChannelSettings, OwnRules } from '../../src/stories/channel.ts';
import type { Draw } from './draw.ts';

/** Minutes of a fall: long enough for a slow poll to see its beginning and its end. */
const MINUTES = [60, 90, 120];
const LEVELS = [[300], [250, 600], [450, 900, 1_500]];

/** What settings with rules of their own are drawn for. */
export interface OwnRulesFrame {
  readonly symbols: readonly string[];
  /** The true price of a symbol when the settings are made. */
  readonly priceOf: (symbol: string) => Micros;
  /** Epoch milliseconds. */
  readonly since: number;
}

const drawPrices = (draw: Draw, price: Micros, since: number): NonNullable<OwnRules['price']> => {
  const below = { side: 'below', depth: draw.number(150, 1_800) } as const;
  const above = { side: 'above', depth: -draw.number(150, 1_200) } as const;
  const some = draw.one([[below], [above], [below, above]]);
  return some
    .map(({ side, depth }) => ({ side, since, price: Math.round((price * (1 - depth / 10_000)) / 10_000) * 10_000 }))
    .toSorted((a, b) => a.price - b.price);
};

/** Adds to some settings falls within minutes, prices that were set, or both. */
export const withOwnRules = (
  draw: Draw,
  settings: ChannelSettings,
  { symbols, priceOf, since }: OwnRulesFrame,
): ChannelSettings => {
  const drawn = draw.whole(0, 9);
  if (drawn > 4) return settings;
  const symbol = draw.one(symbols);
  const within = { within: { [draw.one(MINUTES)]: draw.one(LEVELS) } };
  const price = { price: drawPrices(draw, priceOf(symbol), since) };
  const add = (place: string, own: OwnRules, to: ChannelSettings): ChannelSettings => ({
    ...to,
    rules: { ...to.rules, [place]: { ...to.rules?.[place], ...own } },
  });
  if (drawn < 2) return add(draw.chance(0.5) ? '*' : symbol, within, settings);
  const withPrice = add(symbol, price, settings);
  return drawn < 4 ? withPrice : add('*', within, withPrice);
};
