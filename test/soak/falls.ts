import { loadWatchlist } from '../../src/market/watchlist.ts';
import { START } from '../roads/market.ts';

/** One symbol at one moment of the soak, from its peak, which is also its close of the day before. */
export interface Fall {
  readonly symbol: string;
  readonly price: number;
  /** Basis points below the peak, before and after. */
  readonly from: number;
  readonly to: number;
  /** Billions of dollars of market value lost, before and after; of MAG7. */
  readonly lost?: { readonly from: number; readonly to: number };
}

/** Prices that change at once. */
export interface Step {
  /** What is paid from now on, as part of the price at the beginning, by Yahoo's ticker. */
  readonly moves: readonly (readonly [ticker: string, factor: number])[];
  /** Who falls by it, in the order in which the bot looks at them. */
  readonly falls: readonly Fall[];
}

/** What is left of the price at each fall: every one of them is new to the default rules. */
const STOCK = [0.925, 0.895, 0.845, 0.795, 0.745, 0.695, 0.595, 0.495];
const INDEX = [0.974, 0.958, 0.948, 0.938, 0.927, 0.897, 0.877, 0.847];
const INDEX_TICKER = '^IXIC';
/** Falls of the index that are kept for the end, where one alert and no more is wanted. */
const KEPT = 3;

/** A price that is so close to a level is none to argue about here. */
const CLEAR = 0.5;

const priceAt = (ticker: string, factor: number): number => Math.round((START[ticker] ?? 0) * factor * 100) / 100;

/**
 * Falls until so many alerts are raised, one or several symbols at a time, each time to levels that are new.
 * `raises` says whether a fall is an alert for anybody.
 */
export const makeFalls = (alerts: number, random: () => number, raises: (fall: Fall) => boolean): Step[] => {
  const { symbols } = loadWatchlist();
  const listed = [...symbols.values()].flatMap(({ symbol, tickers, shares }) =>
    tickers.yahoo === undefined ? [] : [{ symbol, ticker: tickers.yahoo, shares: (shares?.count ?? 0) / 1e9 }],
  );
  const stage = new Map(listed.map(({ ticker }) => [ticker, 0]));
  const ladder = (ticker: string) => (ticker === INDEX_TICKER ? INDEX : STOCK);
  const factorAt = (ticker: string, steps: number) => (steps === 0 ? 1 : (ladder(ticker)[steps - 1] ?? 0));
  const left = (ticker: string) => ladder(ticker).length - (stage.get(ticker) ?? 0);
  const worth = (down: readonly string[]) =>
    listed.reduce((sum, { ticker, shares }) => {
      const steps = (stage.get(ticker) ?? 0) + (down.includes(ticker) ? 1 : 0);
      return sum + priceAt(ticker, factorAt(ticker, steps)) * shares;
    }, 0);
  const peakWorth = listed.reduce((sum, { ticker, shares }) => sum + priceAt(ticker, 1) * shares, 0);
  const depth = (price: number, peak: number): number => (1 - price / peak) * 10_000;

  /** Undefined where the sum would come to lie so close to a level that rounding decides. */
  const stepOf = (down: readonly string[]): Step | undefined => {
    const own = listed.flatMap(({ symbol, ticker }): Fall[] => {
      if (!down.includes(ticker)) return [];
      const steps = stage.get(ticker) ?? 0;
      const peak = priceAt(ticker, 1);
      const price = priceAt(ticker, factorAt(ticker, steps + 1));
      return [{ symbol, price, from: depth(priceAt(ticker, factorAt(ticker, steps)), peak), to: depth(price, peak) }];
    });
    const [before, after] = [worth([]), worth(down)];
    const sum = {
      symbol: 'MAG7',
      price: after,
      from: depth(before, peakWorth),
      to: depth(after, peakWorth),
      lost: { from: peakWorth - before, to: peakWorth - after },
    };
    if (after < before && (sum.lost.to % 500 < CLEAR || Math.abs(sum.to % 100) < CLEAR)) return undefined;
    return {
      moves: down.map((ticker) => [ticker, factorAt(ticker, (stage.get(ticker) ?? 0) + 1)]),
      falls: [...own, ...(after < before ? [sum] : [])].filter(raises),
    };
  };

  const pick = (): string[] => {
    const chance = random();
    const wanted = chance < 0.6 ? 1 : chance < 0.75 ? 2 : chance < 0.9 ? 3 : 4;
    const open = listed.map(({ ticker }) => ticker).filter((it) => left(it) > (it === INDEX_TICKER ? KEPT : 0));
    const chosen: string[] = [];
    while (chosen.length < wanted && open.length > 0)
      chosen.push(...open.splice(Math.floor(random() * open.length), 1));
    return chosen;
  };

  const steps: Step[] = [];
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
