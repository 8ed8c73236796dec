import { loadWatchlist } from '../../src/market/watchlist.ts';
import { START_PRICES } from '../roads/market.ts';

/** A fall of one symbol, measured from its peak, which is also its close of the day before. */
export interface Fall {
  readonly symbol: string;
  readonly price: number;
  /** Basis points below the peak, before and after. */
  readonly from: number;
  readonly to: number;
  /** How far below the highest price of the session, if that lies above the peak: before and after. */
  readonly belowHigh?: { readonly from: number; readonly to: number };
  /** That it is no fall but a rise by so much above the peak, which is the low of the year, too. */
  readonly rise?: number;
  /** For MAG7: market value lost before and after, in billions of USD. */
  readonly lost?: { readonly from: number; readonly to: number };
}

/** Prices that change at the same time. */
export interface Step {
  /** New prices as a fraction of the start price, by Yahoo's ticker. */
  readonly moves: readonly (readonly [ticker: string, factor: number])[];
  /** The falls, in the order in which the bot processes the symbols. */
  readonly falls: readonly Fall[];
}

/** Successive prices of a stock, as a fraction of the start price: each crosses a new level of the default rules. */
const STOCK_FACTORS = [0.925, 0.895, 0.845, 0.795, 0.745, 0.695, 0.595, 0.495];
const INDEX_FACTORS = [0.974, 0.958, 0.948, 0.938, 0.927, 0.897, 0.877, 0.847];
const INDEX_TICKER = '^IXIC';
/** Falls of the index reserved for the end, to add exactly one alert. */
const RESERVED_INDEX_FALLS = 3;

/** What some stocks rise to before they fall. */
const RISEN = 1.055;
const RISERS = 2;

/** Minimum distance of the basket from a level, in basis points and in billions of USD: rounding must not decide. */
const MIN_DISTANCE_FROM_LEVEL = 0.5;

const priceAt = (ticker: string, factor: number): number =>
  Math.round((START_PRICES[ticker] ?? 0) * factor * 100) / 100;

/**
 * Makes rises of two stocks, and then falls of one or several symbols at a time, each to a new level, until `alerts` alerts are raised by falls.
 * `raises` says whether a fall is an alert in any channel.
 */
export const makeFalls = (alerts: number, random: () => number, raises: (fall: Fall) => boolean): Step[] => {
  const { symbols } = loadWatchlist();
  const listed = [...symbols.values()].flatMap(({ symbol, tickers, shares }) =>
    tickers.yahoo === undefined ? [] : [{ symbol, ticker: tickers.yahoo, shares: (shares?.count ?? 0) / 1e9 }],
  );
  const stage = new Map(listed.map(({ ticker }) => [ticker, 0]));
  const ladder = (ticker: string) => (ticker === INDEX_TICKER ? INDEX_FACTORS : STOCK_FACTORS);
  const stocks = listed.filter(({ ticker }) => ticker !== INDEX_TICKER);
  const risers = new Set<string>();
  while (risers.size < RISERS) risers.add(stocks[Math.floor(random() * stocks.length)]?.ticker ?? '');
  const first = (ticker: string): number => (risers.has(ticker) ? RISEN : 1);
  const factorAt = (ticker: string, steps: number) => (steps === 0 ? first(ticker) : (ladder(ticker)[steps - 1] ?? 0));
  const left = (ticker: string) => ladder(ticker).length - (stage.get(ticker) ?? 0);
  const worth = (down: readonly string[]) =>
    listed.reduce((sum, { ticker, shares }) => {
      const steps = (stage.get(ticker) ?? 0) + (down.includes(ticker) ? 1 : 0);
      return sum + priceAt(ticker, factorAt(ticker, steps)) * shares;
    }, 0);
  const peakWorth = listed.reduce((sum, { ticker, shares }) => sum + priceAt(ticker, 1) * shares, 0);
  const highWorth = listed.reduce((sum, { ticker, shares }) => sum + priceAt(ticker, first(ticker)) * shares, 0);
  const depth = (price: number, peak: number): number => (1 - price / peak) * 10_000;

  /** The step in which `down` fall; undefined if the basket would come too close to a level. */
  const stepOf = (down: readonly string[]): Step | undefined => {
    const own = listed.flatMap(({ symbol, ticker }): Fall[] => {
      if (!down.includes(ticker)) return [];
      const steps = stage.get(ticker) ?? 0;
      const peak = priceAt(ticker, 1);
      const price = priceAt(ticker, factorAt(ticker, steps + 1));
      const before = priceAt(ticker, factorAt(ticker, steps));
      const high = priceAt(ticker, first(ticker));
      return [
        {
          ...{ symbol, price, from: Math.max(0, depth(before, peak)), to: depth(price, peak) },
          ...(high > peak && { belowHigh: { from: depth(before, high), to: depth(price, high) } }),
        },
      ];
    });
    const [before, after] = [worth([]), worth(down)];
    const sum = {
      symbol: 'MAG7',
      price: after,
      from: Math.max(0, depth(before, peakWorth)),
      to: Math.max(0, depth(after, peakWorth)),
      belowHigh: { from: depth(before, highWorth), to: depth(after, highWorth) },
      lost: { from: Math.max(0, peakWorth - before), to: Math.max(0, peakWorth - after) },
    };
    const isBelow = after < before && after < peakWorth;
    if (isBelow && (sum.lost.to % 500 < MIN_DISTANCE_FROM_LEVEL || Math.abs(sum.to % 100) < MIN_DISTANCE_FROM_LEVEL))
      return undefined;
    return {
      moves: down.map((ticker) => [ticker, factorAt(ticker, (stage.get(ticker) ?? 0) + 1)]),
      falls: [...own, ...(isBelow ? [sum] : [])].filter(raises),
    };
  };

  const pick = (): string[] => {
    const chance = random();
    const wanted = chance < 0.6 ? 1 : chance < 0.75 ? 2 : chance < 0.9 ? 3 : 4;
    const open = listed
      .map(({ ticker }) => ticker)
      .filter((it) => left(it) > (it === INDEX_TICKER ? RESERVED_INDEX_FALLS : 0));
    const chosen: string[] = [];
    while (chosen.length < wanted && open.length > 0)
      chosen.push(...open.splice(Math.floor(random() * open.length), 1));
    return chosen;
  };

  const rises = stocks
    .filter(({ ticker }) => risers.has(ticker))
    .map(({ symbol, ticker }): Fall => {
      const [peak, price] = [priceAt(ticker, 1), priceAt(ticker, RISEN)];
      return { symbol, price, from: 0, to: 0, rise: -depth(price, peak) };
    });
  const steps: Step[] = [{ moves: [...risers].map((ticker) => [ticker, RISEN]), falls: rises.filter(raises) }];
  for (let raised = 0; raised < alerts; ) {
    const some = stepOf(pick());
    const fits = some && some.falls.length > 0 && raised + some.falls.length <= alerts;
    const step = fits ? some : stepOf([INDEX_TICKER]);
    if (!step || step.falls.length === 0) throw new RangeError('Expected levels enough for so many alerts');
    for (const [ticker] of step.moves) stage.set(ticker, (stage.get(ticker) ?? 0) + 1);
    raised += step.falls.length;
    steps.push(step);
  }
  return steps;
};
