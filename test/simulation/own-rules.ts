import type { Micros } from '../../src/market/money.ts';
import type { ChannelSettings, OwnRules } from '../../src/stories/channel.ts';
import type { Draw } from './draw.ts';

/** Minutes of a fall: long enough for a slow poll to see its beginning and its end. */
const MINUTES = [60, 90, 120];
const LEVELS = [[300], [250, 600], [450, 900, 1_500]];

/** Rises from the low of a year, and of a day. */
const RISES = [[400], [700, 1_200], [550, 1_800]];
const DAY_RISES = [[300], [250, 600], [450, 900]];

/** What settings with rules of their own are drawn for. */
export interface OwnRulesFrame {
  readonly symbols: readonly string[];
  /** The true price of a symbol when the settings are made. */
  readonly priceOf: (symbol: string) => Micros;
  /** Epoch milliseconds. */
  readonly since: number;
}

const withRule = (settings: ChannelSettings, place: string, own: OwnRules): ChannelSettings => ({
  ...settings,
  rules: { ...settings.rules, [place]: { ...settings.rules?.[place], ...own } },
});

/** Adds levels for rises to some settings, of all symbols or of one. */
export const withRises = (draw: Draw, settings: ChannelSettings, symbols: readonly string[]): ChannelSettings => {
  if (draw.chance(0.6)) return settings;
  const [rise, dayRise] = [{ rise: draw.one(RISES) }, { dayRise: draw.one(DAY_RISES) }];
  return withRule(
    settings,
    draw.chance(0.5) ? '*' : draw.one(symbols),
    draw.one([rise, dayRise, { ...rise, ...dayRise }]),
  );
};

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
  if (drawn < 2) return withRule(settings, draw.chance(0.5) ? '*' : symbol, within);
  const withPrice = withRule(settings, symbol, price);
  return drawn < 4 ? withPrice : withRule(withPrice, '*', within);
};
