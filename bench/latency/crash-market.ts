import type { Bar } from '../../src/market/bar.ts';
import { basketPrice } from '../../src/market/basket.ts';
import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import { type Micros, toMicros } from '../../src/market/money.ts';
import type { Source } from '../../src/market/source.ts';
import type { Watchlist } from '../../src/market/watchlist.ts';
import { seeded } from '../../test/doubles/random.ts';
import { type DayPrices, drawPaths, PATH_STEP_MS, priceOnPath } from '../../test/market-paths.ts';
import { CRASH_DAY, type CrashDay } from './crash-day.ts';

const SESSIONS = 300;
/** A source answers after this time, and its last trade is a second old. */
const ANSWER_MS = 200;
const TRADE_AGE_MS = 1_000;

/** One session of falling prices, and what a source says of it. */
export interface CrashMarket {
  readonly source: Source;
  /** When the price crossed a level of which a quote of this trade time was told, epoch milliseconds. */
  crossedAt(symbol: string, level: Micros, observedAt: number): number;
}

interface CrashOptions {
  readonly calendar: Calendar;
  readonly session: SessionDate;
  readonly watchlist: Watchlist;
  readonly seed: number;
  /** Whether it opens far below the close before, as it did. */
  readonly gap: boolean;
  /** Resolves after some milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const dayOf = ({ day: [open, high, low, close], closes }: CrashDay, gap: boolean): DayPrices => {
  const begins = gap ? open : (closes.at(-1) ?? open);
  return {
    open: toMicros(begins),
    high: toMicros(Math.max(begins, high)),
    low: toMicros(low),
    close: toMicros(close),
  };
};

/** The closes before: the 20 that are known, the peak before them, and days like the first of them. */
const pastOf = ({ peak, closes }: CrashDay, calendar: Calendar, session: SessionDate): Bar[] => {
  const first = closes[0] ?? peak;
  const known = [...Array.from({ length: 20 }, () => first), peak, first, ...closes];
  const all = [...Array.from({ length: SESSIONS - known.length }, () => first), ...known];
  let day = session;
  return all
    .toReversed()
    .map((price): Bar => {
      day = calendar.previous(day);
      const close = toMicros(price);
      return { session: day, open: close, high: close, low: close, close, volume: 0 };
    })
    .reverse();
};

/** Plays the prices of the day of panic in `session`. */
export const createCrashMarket = ({
  calendar,
  session,
  watchlist,
  seed,
  gap,
  wait,
  now,
}: CrashOptions): CrashMarket => {
  const { open = 0, close = 0 } = calendar.hours(session) ?? {};
  const days = new Map(Object.entries(CRASH_DAY).map(([symbol, it]) => [symbol, dayOf(it, gap)] as const));
  const paths = new Map(drawPaths(days, seeded(seed)));
  for (const { symbol, sumOf } of watchlist.symbols.values()) {
    if (!sumOf) continue;
    const parts = sumOf.map((it) => ({
      path: paths.get(it) ?? [],
      shares: watchlist.symbols.get(it)?.shares?.count ?? 0,
    }));
    const steps = parts[0]?.path.length ?? 0;
    const sum = Array.from({ length: steps }, (_, n) =>
      basketPrice(parts.map(({ path, shares }) => ({ price: path[n] ?? 0, shares }))),
    );
    paths.set(symbol, sum);
  }
  const past = new Map(Object.entries(CRASH_DAY).map(([symbol, it]) => [symbol, pastOf(it, calendar, session)]));
  /** The trade times of the quotes of each symbol, ascending. */
  const asked = new Map<string, number[]>();
  const priceAt = (symbol: string, instant: number): Micros => priceOnPath(paths.get(symbol) ?? [], instant - open);
  const source: Source = {
    name: 'Played',
    history: async ({ symbol }, from) => ({
      bars: (past.get(symbol) ?? []).filter((bar) => bar.session >= from),
      splits: [],
    }),
    quotes: async (symbols) => {
      await wait(ANSWER_MS);
      const isOpen = now() >= open + TRADE_AGE_MS;
      const tradeTime = isOpen
        ? Math.min(close, 1_000 * Math.floor(now() / 1_000) - TRADE_AGE_MS)
        : (calendar.hours(calendar.previous(session))?.close ?? 0);
      return {
        refused: symbols.flatMap(({ symbol }) => (paths.has(symbol) ? [] : { symbol, reason: 'not played' })),
        quotes: symbols.flatMap(({ symbol }) => {
          const previousClose = past.get(symbol)?.at(-1)?.close;
          if (previousClose === undefined) return [];
          if (isOpen) asked.set(symbol, [...(asked.get(symbol) ?? []), tradeTime]);
          return {
            ...{ symbol, tradeTime, previousClose, delayMinutes: 0, source: 'Played' },
            price: isOpen ? priceAt(symbol, tradeTime) : previousClose,
            marketState: calendar.isOpen(now()) ? ('regular' as const) : ('closed' as const),
          };
        }),
      };
    },
  };
  return {
    source,
    crossedAt: (symbol, level, observedAt) => {
      const parts = watchlist.symbols.get(symbol)?.sumOf ?? [symbol];
      const times = (asked.get(parts[0] ?? '') ?? []).filter((at) => at <= observedAt);
      const before = times.findLastIndex((at) => priceAt(symbol, at) > level);
      const seenAt = times[before + 1] ?? observedAt;
      let crossed = seenAt;
      while (crossed > open && priceAt(symbol, crossed - PATH_STEP_MS) <= level) crossed -= PATH_STEP_MS;
      return Math.max(open, open + PATH_STEP_MS * Math.floor((crossed - open) / PATH_STEP_MS));
    },
  };
};
