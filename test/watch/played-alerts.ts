import type { Bar } from '../../src/market/bar.ts';
import { basketBars, basketPrice } from '../../src/market/basket.ts';
import type { SessionDate } from '../../src/market/calendar.ts';
import { parseBars } from '../../src/market/csv.ts';
import type { Micros } from '../../src/market/money.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { headlineFirst } from '../../src/slides/alert-kinds.ts';
import { foldBars } from '../../src/slides/fold.ts';
import { observe, type Watch } from '../../src/slides/machine.ts';
import { closesOf } from '../../src/slides/series.ts';
import { pendingOf } from '../../src/slides/state.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { drawPaths, priceOnPath } from '../market-paths.ts';

const watchlist = loadWatchlist();
const SESSION_MS = 390 * MINUTE_MS;
const OPENING_MS = 30 * MINUTE_MS;
const CONFIRMED_AFTER_MS = 10_000;

/** Daily bars by symbol, as far as they are there. */
export type Histories = ReadonlyMap<string, readonly Bar[]>;

/** The bars of all watched symbols in one folder of files, the sum of the seven among them. */
export const readHistories = (pathOf: (symbol: string) => string): Histories => {
  const stocks = [...watchlist.symbols.values()].filter(({ sumOf }) => !sumOf);
  const own = new Map(stocks.map(({ symbol }) => [symbol, parseBars(pathOf(symbol))] as const));
  const sums = [...watchlist.symbols.values()].flatMap(({ symbol, sumOf }) =>
    sumOf ? [[symbol, basketBars(partsOf(sumOf), own)] as const] : [],
  );
  return new Map<string, readonly Bar[]>([...own, ...sums]);
};

const partsOf = (symbols: readonly string[]) =>
  symbols.map((symbol) => ({ symbol, shares: watchlist.symbols.get(symbol)?.shares?.count ?? 0 }));

/** What one observation of a symbol has raised, the headline first. */
export interface PlayedSlide {
  /** Milliseconds after the opening bell. */
  readonly at: number;
  readonly symbol: string;
  readonly alerts: readonly Alert[];
}

/** Instants of the polls of a session, every 15 s in the first half hour and every minute from then on. */
const pollTimes = (): number[] => {
  const times: number[] = [];
  for (let at = 1_000; at <= SESSION_MS; at += at < OPENING_MS ? 15_000 : MINUTE_MS) times.push(at);
  return times;
};

/** A session of the past that can be played on any number of drawn paths. */
type Session = (random: () => number) => PlayedSlide[];

/**
 * The slides of a session by the rules of the watchlist, on paths that are drawn within its real prices, in the order in which
 * they are raised: what one quote reaches, another one confirms ten seconds later.
 */
export const sessionOf = (histories: Histories, session: SessionDate): Session => {
  const watched = [...watchlist.symbols.values()].map(({ symbol, kind, sumOf, valueStep }) => {
    const bars = histories.get(symbol) ?? [];
    const at = bars.findIndex((it) => it.session === session);
    const [before, day] = [bars.slice(0, Math.max(0, at)), bars[at]];
    if (!day) throw new RangeError(`Expected ${symbol} to have a bar of ${session}`);
    const watch: Watch = { rules: watchlist.rules[kind], ...(valueStep !== undefined && { valueStep }) };
    const { state } = foldBars(watch, symbol, before);
    const parts = sumOf && partsOf(sumOf);
    return { symbol, day, parts, watch, start: state, closes: closesOf(before), before };
  });
  const days = new Map(watched.flatMap(({ symbol, day, parts }) => (parts ? [] : [[symbol, day] as const])));
  return (random) => {
    const paths = drawPaths(days, random);
    const priceAt = (symbol: string, at: number): Micros => priceOnPath(paths.get(symbol) ?? [], at);
    return watched
      .flatMap(({ symbol, parts, watch, start, closes, before }): PlayedSlide[] => {
        const previousSession = before.at(-1)?.session ?? '';
        let state = start;
        const slides: PlayedSlide[] = [];
        const look = (at: number): void => {
          const price = parts
            ? basketPrice(parts.map((it) => ({ shares: it.shares, price: priceAt(it.symbol, at) })))
            : priceAt(symbol, at);
          const observation = { symbol, session, price, tradeTime: at, final: false, previousSession };
          const step = observe(watch, state, closes, before.length, observation);
          state = step.state;
          if (step.alerts.length > 0) slides.push({ at, symbol, alerts: step.alerts.toSorted(headlineFirst) });
        };
        for (const at of pollTimes()) {
          look(at);
          if (pendingOf(state).length > 0) look(at + CONFIRMED_AFTER_MS);
        }
        return slides;
      })
      .toSorted((a, b) => a.at - b.at);
  };
};
