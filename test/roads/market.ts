import type { Calendar, SessionDate } from '../../src/market/calendar.ts';
import { newYorkTime } from '../../src/market/exchange-time.ts';
import type { YahooDouble } from '../doubles/yahoo/index.ts';
import { sessionsUntil } from '../market/sessions-until.ts';

/** Epoch milliseconds of a New York time, `HH:MM`. */
export const at: (session: SessionDate, time: string) => number = newYorkTime;

/**
 * Prices at the start, by Yahoo's ticker. With the watchlist's share counts the seven are worth about 15,140 billion
 * USD.
 */
export const START_PRICES: Readonly<Record<string, number>> = {
  AAPL: 200,
  MSFT: 400,
  GOOGL: 170,
  AMZN: 200,
  META: 600,
  NVDA: 100,
  TSLA: 300,
  '^IXIC': 20_000,
};

/** A simulated market: prices are constant until the test moves them. */
export interface Market {
  /** Adds closes of `last` and of the `count` - 1 sessions before it, all at the current prices. */
  past(last: SessionDate, count: number): void;
  /** Sets a price to a fraction of the start price: 0.9 is 10 % below. */
  move(ticker: string, factor: number): void;
  /** The price now. */
  priceOf(ticker: string): number;
  /** Splits the shares 10:1 from this session on; earlier bars are adjusted. */
  splitTenForOne(ticker: string, session: SessionDate): void;
  /** Gives every ticker a trade a second before `now`; those in `except` keep their last quote. */
  trade(now: number, except?: readonly string[]): void;
  /** Closes the session at the current prices. */
  close(session: SessionDate): void;
}

export const playMarket = (double: YahooDouble, calendar: Calendar): Market => {
  const tickers = Object.keys(START_PRICES);
  const prices = new Map(Object.entries(START_PRICES));
  const shareOf = new Map(tickers.map((ticker) => [ticker, 1]));
  const bars = new Map(tickers.map((ticker): [string, { session: string; close: number }[]] => [ticker, []]));
  const price = (ticker: string): number =>
    Math.round(((prices.get(ticker) ?? 0) / (shareOf.get(ticker) ?? 1)) * 100) / 100;
  const addClose = (session: SessionDate): void => {
    for (const [ticker, own] of bars) {
      own.push({ session, close: price(ticker) });
      double.setBars(ticker, own);
    }
  };
  return {
    past: (last, count) => {
      for (const session of sessionsUntil(calendar, last, count)) addClose(session);
    },
    move: (ticker, factor) => void prices.set(ticker, (START_PRICES[ticker] ?? 0) * factor),
    priceOf: price,
    splitTenForOne: (ticker, session) => {
      shareOf.set(ticker, 10);
      double.addSplit(ticker, { session, numerator: 10, denominator: 1 });
    },
    trade: (now, except = []) => {
      for (const ticker of tickers)
        if (!except.includes(ticker)) double.setQuote(ticker, { price: price(ticker), time: now - 1_000 });
    },
    close: addClose,
  };
};
